"""What a county promised: so many person-times of a kind in a project."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from training.courses.kinds import Kind


class TrainingTarget(models.Model):
    """Person-times of one kind that a plan or a contract names, with where it says so."""

    region = models.ForeignKey("brand.Region", models.CASCADE, related_name="+", verbose_name=_("county"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    since = models.DateField(_("from day"))
    until = models.DateField(_("to day"))
    person_times = models.PositiveIntegerField(_("person-times"), validators=[MinValueValidator(1)])
    source = models.CharField(
        _("where it is promised"), max_length=200, help_text=_("Plan or contract, with its paragraph.")
    )

    class Meta:
        verbose_name = _("training target")
        verbose_name_plural = _("training targets")
        ordering = ["region", "kind", "since"]
        constraints = [
            models.UniqueConstraint(fields=["region", "kind", "since"], name="training_target_once"),
            models.CheckConstraint(
                condition=Q(until__gte=F("since")),
                name="training_target_days_in_order",
                violation_error_message=_("It ends before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region} · {self.get_kind_display()} · {self.person_times}"
