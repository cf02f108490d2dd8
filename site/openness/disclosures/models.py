"""The window at /openness/ and what is disclosed in it, each below the year it was opened in."""

import re
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel, Panel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Revision
from wagtail.search import index
from wagtail.url_routing import RouteResult

from cms.blocks import STORY_BLOCKS
from cms.models import BasePage
from cms.reviewed import HoldsReviewed, OnlyByReview
from lib.workdays import working_days
from openness.disclosures.naming import named_in, note_named

LEAST_WORKING_DAYS = 5  # 示范县 acceptance rules: results of acceptance and subsidies are public that long
_YEAR = re.compile(r"\d{4}\Z")
TAKEN_SLUGS = {"letters"}  # /openness/letters/ takes letters in


class Kind(models.TextChoices):
    """What is disclosed."""

    POLICY = "policy", pgettext_lazy("disclosure", "policy")
    PROJECT = "project", pgettext_lazy("disclosure", "project")
    FUNDS = "funds", pgettext_lazy("disclosure", "funds")
    ACCEPTANCE = "acceptance", pgettext_lazy("disclosure", "acceptance")
    OTHER = "other", pgettext_lazy("disclosure", "other notice")


MUST_STAND = {Kind.FUNDS, Kind.ACCEPTANCE}


class OpennessPage(HoldsReviewed, BasePage):
    """The window: what stands in it now, what stood in it before, and the way to the letter box."""

    intro = models.CharField(
        _("line under the title"), max_length=120, blank=True, help_text=_("One short sentence, or nothing.")
    )

    template = "openness/index.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["openness.DisclosurePage"]
    max_count_per_parent = 1
    content_panels = [*BasePage.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("openness window")
        verbose_name_plural = _("openness windows")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find a disclosure by year and slug.

        Raises:
            Http404: no public disclosure is there.
        """
        if not path_components:
            return super().route(request, path_components)
        *before, slug = path_components
        if len(before) != 1 or not _YEAR.match(before[0]):
            raise Http404
        page = DisclosurePage.objects.live().child_of(self).filter(slug=slug).first()
        if page is None or page.year != before[0]:
            raise Http404
        return RouteResult(page)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add one page of disclosures, of the kind, standing and year asked for."""
        from openness.disclosures.queries import Asked, list_of

        listed = list_of(self, asked=Asked.of(request.GET), on=timezone.localdate())
        trail = [(self.title, "")]
        return {**super().get_context(request, *args, **kwargs), "trail": trail, "listed": listed}


class DisclosurePage(OnlyByReview, BasePage):
    """One disclosure: who discloses what, from when to when, with the papers to read."""

    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.PROJECT)
    number = models.CharField(
        _("number of the document"), max_length=60, blank=True, help_text=_("As on the paper, if it has one.")
    )
    issuer = models.CharField(_("who discloses it"), max_length=80)
    intro = models.CharField(
        _("summary"), max_length=160, help_text=_("In one or two sentences: what is disclosed, for whom.")
    )
    opens_on = models.DateField(_("public from"), default=timezone.localdate)
    closes_on = models.DateField(
        _("opinions until"),
        null=True,
        blank=True,
        help_text=_(
            "The last day. Empty: it stays public for good, without a period."
            " Subsidies and acceptance stand for at least 5 working days."
        ),
    )
    body = StreamField(STORY_BLOCKS, verbose_name=pgettext_lazy("disclosure", "text"), blank=True)
    contact = models.CharField(
        _("whom to ask"), max_length=120, blank=True, help_text=_("Office and telephone, in one line.")
    )
    source = models.CharField(
        _("source"), max_length=120, blank=True, help_text=_("Where it was published first, if not here.")
    )
    outcome = models.TextField(
        _("what came of it"),
        max_length=600,
        blank=True,
        help_text=_("After the period: how many opinions there were, and what was decided."),
    )
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    withdrawn_why = models.CharField(
        _("why it was withdrawn"), max_length=200, blank=True, help_text=_("Everybody reads it.")
    )

    template = "openness/disclosure.html"
    parent_page_types = ["openness.OpennessPage"]
    subpage_types: list[str] = []
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("intro"),
        index.SearchField("body"),
        index.SearchField("number"),
        index.SearchField("issuer"),
        index.FilterField("kind"),
        index.FilterField("opens_on"),
    ]
    content_panels: Sequence[Panel] = [
        *BasePage.content_panels,
        FieldPanel("intro"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("number")]),
        FieldRowPanel([FieldPanel("issuer"), FieldPanel("contact")]),
        FieldRowPanel([FieldPanel("opens_on"), FieldPanel("closes_on")]),
        FieldPanel("body"),
        InlinePanel("papers", heading=pgettext_lazy("disclosure", "Papers"), label=_("paper")),
        FieldPanel("source"),
        MultiFieldPanel(
            [
                HelpPanel(
                    _("What is public is not changed in silence: say here what was put right, and when.")
                ),
                InlinePanel("corrections", label=_("correction")),
                FieldPanel("outcome"),
                FieldRowPanel([FieldPanel("withdrawn_on"), FieldPanel("withdrawn_why")]),
            ],
            heading=_("Afterwards"),
        ),
    ]

    class Meta:
        verbose_name = _("disclosure")
        verbose_name_plural = _("disclosures")
        indexes = [models.Index(fields=["-opens_on", "-page_ptr"], name="disclosure_newest_first")]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on=None) | Q(closes_on__gte=models.F("opens_on")),
                name="disclosure_ends_after",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | ~Q(withdrawn_why=""), name="disclosure_withdrawn_says_why"
            ),
        ]

    @property
    def year(self) -> str:
        """Return the year of its address."""
        return f"{self.opens_on:%Y}"

    def clean(self) -> None:
        """Refuse a period that is none, one that is too short by the rules, and a silent withdrawal.

        Raises:
            ValidationError: with a sentence at each field.
        """
        super().clean()
        wrong = {**self._wrong_period(), **self._wrong_end()}
        if self.slug in TAKEN_SLUGS:
            wrong["slug"] = _("This address is taken by the letter box.")
        if wrong:
            raise ValidationError(wrong)

    def _wrong_period(self) -> dict[str, Any]:
        if not self.opens_on or self.closes_on is None:
            return {}
        if self.closes_on < self.opens_on:
            return {"closes_on": _("The last day comes before the first.")}
        days = working_days(self.opens_on, self.closes_on)
        if self.kind in MUST_STAND and days < LEAST_WORKING_DAYS:
            said = ngettext("These are %(days)s working day.", "These are %(days)s working days.", days)
            return {"closes_on": f"{said % {'days': days}} {_('At least 5 have to pass.')}"}
        return {}

    def _wrong_end(self) -> dict[str, Any]:
        if self.withdrawn_on and not self.withdrawn_why.strip():
            return {"withdrawn_why": _("Say why it is withdrawn: everybody reads it.")}
        return {}

    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        """Keep a version, and note which documents it names: they are public when it is."""
        with transaction.atomic():
            note_named(named_in(self))
            return super().save_revision(*args, **kwargs)

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        """Put the year between the window and the slug."""
        parts = super().get_url_parts(request)
        if parts is None or parts[2] is None:
            return parts
        site_id, root_url, path = parts
        before, slug, _end = path.rsplit("/", 2)
        return site_id, root_url, f"{before}/{self.year}/{slug}/"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add where it stands today, its papers and what was put right."""
        from openness.disclosures.queries import shown

        return {**super().get_context(request, *args, **kwargs), **shown(self, on=timezone.localdate())}


class DisclosurePaper(Orderable):
    """A paper to read along: list, plan, budget, report."""

    page = ParentalKey(DisclosurePage, on_delete=models.CASCADE, related_name="papers")
    document = models.ForeignKey(
        "wagtaildocs.Document", models.PROTECT, related_name="+", verbose_name=_("document")
    )
    title = models.CharField(
        _("title"), max_length=120, blank=True, help_text=_("Empty: the title of the document.")
    )
    panels = [FieldPanel("document"), FieldPanel("title")]

    class Meta(Orderable.Meta):
        verbose_name = _("paper of a disclosure")
        verbose_name_plural = _("papers of disclosures")

    def __str__(self) -> str:
        return self.title or self.document.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep it, and note which document it names."""
        with transaction.atomic():
            note_named([self.document_id])
            super().save(*args, **kwargs)


class Correction(Orderable):
    """What was put right after it had become public."""

    page = ParentalKey(DisclosurePage, on_delete=models.CASCADE, related_name="corrections")
    on = models.DateField(_("day"), default=timezone.localdate)
    words = models.CharField(_("what was put right"), max_length=200)
    panels = [FieldRowPanel([FieldPanel("on"), FieldPanel("words")])]

    class Meta(Orderable.Meta):
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d} {self.words}"
