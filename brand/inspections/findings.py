"""The finding: what an inspection found wrong, what has to be done about it and until when."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from brand.private import private_storage


class Finding(models.Model):
    """Something wrong. The member answers with proof; an officer closes it, or asks again."""

    class Weight(models.TextChoices):
        """How bad it is."""

        SLIGHT = "slight", _("slight")
        SERIOUS = "serious", _("serious")
        GRAVE = "grave", _("grave")

    class State(models.TextChoices):
        """Whose turn it is."""

        OPEN = "open", _("to be put right")
        ANSWERED = "answered", _("answered, being looked at")
        CLOSED = "closed", _("put right")

    inspection = models.ForeignKey(
        "brand.Inspection",
        models.PROTECT,
        related_name="findings",
        verbose_name=pgettext_lazy("licence", "inspection"),
    )
    number = models.PositiveSmallIntegerField(_("number"))
    weight = models.CharField(_("how bad"), max_length=8, choices=Weight, default=Weight.SLIGHT)
    wrong = models.TextField(pgettext_lazy("finding", "what is wrong"), max_length=1000)
    demand = models.TextField(_("what has to be done"), max_length=1000)
    due_on = models.DateField(_("until"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["state", "due_on"], name="finding_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "number"], name="finding_numbered_once"),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False)
                | (~Q(state="closed") & Q(closed_at=None)),
                name="finding_closed_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What people call it: the inspection's number and its own."""
        return f"{self.inspection.number}-{self.number}"

    def is_overdue(self, *, on: date) -> bool:
        """Tell whether the member should have answered before that day."""
        return self.state == self.State.OPEN and self.due_on < on


class FindingAnswer(models.Model):
    """What the member says was done about a finding. Only ever added."""

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="answers")
    text = models.TextField(_("what was done"), max_length=2000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("answer to a finding")
        verbose_name_plural = _("answers to findings")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.at:%Y-%m-%d %H:%M}"


class FindingProof(models.Model):
    """A photo or paper that proves an answer. Without an answer it waits for the one being written."""

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="proofs")
    answer = models.ForeignKey(FindingAnswer, models.CASCADE, related_name="proofs", null=True, blank=True)
    file = models.FileField(_("file"), storage=private_storage, upload_to="findings/%Y/%m", max_length=200)
    name = models.CharField(_("name"), max_length=120)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("proof")
        verbose_name_plural = _("proofs")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
