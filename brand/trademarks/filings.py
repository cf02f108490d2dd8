"""The filing: one trademark in one class, as the trademark office has it."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.models import ClusterableModel

from brand.regions.models import Region
from brand.trademarks.models import Trademark
from lib.nice import class_label


class Filing(ClusterableModel):
    """What came of filing a trademark in one of the 45 classes. What the dates add is in `terms`."""

    class State(models.TextChoices):
        """What the office decided last; that a term has ended follows from the dates."""

        PLANNED = "planned", pgettext_lazy("filing", "planned")
        APPLIED = "applied", pgettext_lazy("filing", "applied for")
        PUBLISHED = "published", pgettext_lazy("filing", "published for opposition")
        OPPOSED = "opposed", pgettext_lazy("filing", "opposed")
        REGISTERED = "registered", pgettext_lazy("filing", "registered")
        REFUSED = "refused", pgettext_lazy("filing", "refused")
        UNDER_REVIEW = "review", pgettext_lazy("filing", "refused, under review")
        WITHDRAWN = "withdrawn", pgettext_lazy("filing", "withdrawn")
        CANCELLED = "cancelled", pgettext_lazy("filing", "cancelled")

    trademark = models.ForeignKey(
        Trademark, models.PROTECT, related_name="filings", verbose_name=_("trademark")
    )
    nice_class = models.PositiveSmallIntegerField(
        _("class"), validators=[MinValueValidator(1), MaxValueValidator(45)]
    )
    goods = models.TextField(
        _("goods or services"), max_length=600, blank=True, help_text=_("As they stand in the certificate.")
    )
    number = models.CharField(
        _("application or registration number"),
        max_length=24,
        blank=True,
        help_text=_("Empty until the office has given it. It stays the same through registration."),
    )
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.APPLIED)
    applied_on = models.DateField(_("applied on"), null=True, blank=True)
    published_on = models.DateField(
        _("published on"), null=True, blank=True, help_text=_("Objections are possible for three months.")
    )
    registered_on = models.DateField(_("registered on"), null=True, blank=True)
    expires_on = models.DateField(
        _("valid until"),
        null=True,
        blank=True,
        help_text=_("The last day. Empty: ten years of registration."),
    )
    agent = models.CharField(_("agent"), max_length=60, blank=True)
    note = models.TextField(
        _("note"), max_length=600, blank=True, help_text=_("For the office; not shown to the public.")
    )

    class Meta:
        verbose_name = _("filing")
        verbose_name_plural = _("filings")
        ordering = ["trademark", "nice_class", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(nice_class__range=(1, 45)),
                name="filing_class_exists",
                violation_error_message=_("Trademark classes run from 1 to 45."),
            ),
            models.CheckConstraint(
                condition=(Q(published_on=None) | Q(applied_on=None) | Q(published_on__gte=F("applied_on")))
                & (Q(registered_on=None) | Q(applied_on=None) | Q(registered_on__gte=F("applied_on")))
                & (Q(registered_on=None) | Q(published_on=None) | Q(registered_on__gte=F("published_on")))
                & (Q(expires_on=None) | Q(registered_on=None) | Q(expires_on__gt=F("registered_on"))),
                name="filing_dates_in_order",
                violation_error_message=_(
                    "The dates are out of order: applied, published, registered, valid until."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(state="registered")
                | (~Q(number="") & Q(registered_on__isnull=False) & Q(expires_on__isnull=False)),
                name="filing_registered_is_complete",
                violation_error_message=_(
                    "A registered trademark has a number, the day it was registered and the day it ends."
                ),
            ),
            models.CheckConstraint(
                condition=Q(state="planned") | Q(applied_on__isnull=False),
                name="filing_says_when_applied",
                violation_error_message=_("Say when it was applied for, or set it to planned."),
            ),
            models.UniqueConstraint(
                fields=["number", "nice_class"],
                condition=~Q(number=""),
                name="filing_number_once_per_class",
                violation_error_message=_("This number is in the register already, in the same class."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trademark} · {class_label(self.nice_class)}"

    @property
    def region(self) -> Region:
        """The county whose trademark it is."""
        return self.trademark.region
