"""What people decided about answers: points given by hand, in up to two rounds, and appeals."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from training.exams.attempts import Attempt, AttemptItem


class Marking(models.Model):
    """The points one person gave to one answer. A second round is always another person's."""

    FIRST, SECOND = 1, 2

    item = models.ForeignKey(AttemptItem, models.CASCADE, related_name="markings")
    round = models.PositiveSmallIntegerField(_("round"))
    points = models.DecimalField(_("points"), max_digits=5, decimal_places=1)
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("marked by")
    )
    at = models.DateTimeField(_("marked at"))

    class Meta:
        verbose_name = _("marking")
        verbose_name_plural = _("markings")
        ordering = ["item", "round"]
        constraints = [
            models.UniqueConstraint(fields=["item", "round"], name="marking_once_a_round"),
            models.UniqueConstraint(fields=["item", "by"], name="marking_by_two_people"),
            models.CheckConstraint(condition=Q(round__in=[1, 2]), name="marking_two_rounds"),
            models.CheckConstraint(condition=Q(points__gte=0), name="marking_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.item} · {self.points}"


class Appeal(models.Model):
    """A trainee asks to have a result looked at again; once for each attempt."""

    attempt = models.OneToOneField(Attempt, models.CASCADE, related_name="appeal", verbose_name=_("attempt"))
    words = models.TextField(pgettext_lazy("appeal", "why"), max_length=500)
    at = models.DateTimeField(_("appealed"))
    answer = models.TextField(pgettext_lazy("appeal", "answer"), max_length=500, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answered by"),
    )

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="appeal_answered_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.attempt)
