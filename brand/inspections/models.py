"""The inspection: somebody of the association goes and looks at how a licensee uses the brand."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from brand.private import private_storage


class Inspection(models.Model):
    """One visit under one licence. Who planned, did or called it off is in the trail of acts.

    `checks` keeps the checklist as it was answered: [{"text", "held": "yes"|"no"|"skipped", "note"}].
    """

    class Kind(models.TextChoices):
        """Why somebody goes."""

        ROUTINE = "routine", _("routine")
        SPOT = "spot", _("spot check")
        COMPLAINT = "complaint", _("after a complaint")
        FOLLOW_UP = "follow-up", _("to see what was put right")

    class State(models.TextChoices):
        """How far it is."""

        PLANNED = "planned", _("planned")
        DONE = "done", _("done")
        CANCELLED = "cancelled", _("called off")

    number = models.CharField(_("number"), max_length=24, unique=True)
    licence = models.ForeignKey(
        "brand.Licence", models.PROTECT, related_name="inspections", verbose_name=_("licence")
    )
    kind = models.CharField(_("why"), max_length=12, choices=Kind, default=Kind.ROUTINE)
    planned_on = models.DateField(_("planned for"))
    announced = models.BooleanField(
        _("announced"), default=True, help_text=_("The member is told of it and sees it on the desk.")
    )
    place = models.CharField(_("where"), max_length=120, blank=True)
    inspectors = models.CharField(
        _("who goes"), max_length=80, help_text=_("Names of the officers: 郝国平、李建华")
    )
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.PLANNED)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    checks = models.JSONField(_("checklist"), default=list, blank=True)
    summary = models.TextField(_("what was seen"), max_length=2000, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("licence", "inspection")
        verbose_name_plural = _("inspections")
        ordering = ["-planned_on", "-pk"]
        indexes = [models.Index(fields=["state", "planned_on"], name="inspection_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="done", done_on__isnull=False) | (~Q(state="done") & Q(done_on=None)),
                name="inspection_done_has_a_day",
            )
        ]

    def __str__(self) -> str:
        return self.number


class InspectionPhoto(models.Model):
    """A photo an inspector took. Only officers see it, and the member where it shows a finding."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="photos")
    finding = models.ForeignKey(
        "brand.Finding",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="photos",
        verbose_name=_("shows the finding"),
    )
    file = models.FileField(
        _("photo"), storage=private_storage, upload_to="inspections/%Y/%m", max_length=200
    )
    caption = models.CharField(_("what it shows"), max_length=120, blank=True)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("photo of an inspection")
        verbose_name_plural = _("photos of inspections")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.caption or str(self.pk)
