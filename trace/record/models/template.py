"""Templates: what is done again and again, so that somebody in a field picks it instead of typing it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from record.models.event import Event


class EventTemplate(models.Model):
    """An event as it usually is, for one product or for all."""

    product = models.ForeignKey(
        "brand.Product",
        models.CASCADE,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("product"),
        help_text=_("Empty: offered for every product."),
    )
    stage = models.CharField(_("stage"), max_length=12, choices=Event.Stage)
    step = models.CharField(_("kind of work"), max_length=12, choices=Event.Step)
    title = models.CharField(_("what was done"), max_length=60)
    inputs = models.TextField(
        _("went in"),
        blank=True,
        max_length=500,
        help_text=_("One per line: thing, amount, unit. 葱苗 41000 株"),
    )
    outputs = models.TextField(_("came out"), blank=True, max_length=500)
    note = models.TextField(_("note"), blank=True, max_length=500)
    position = models.PositiveSmallIntegerField(
        _("order"), default=100, help_text=_("Smaller numbers come first.")
    )
    is_active = models.BooleanField(_("offered"), default=True)

    class Meta:
        verbose_name = _("event template")
        verbose_name_plural = _("event templates")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "stage", "title"],
                name="event_template_title_unique_in_stage",
                violation_error_message=_("There is a template with this name already."),
            ),
            models.UniqueConstraint(
                fields=["stage", "title"],
                condition=Q(product__isnull=True),
                name="event_template_title_unique_for_all",
                violation_error_message=_("There is a template with this name already."),
            ),
            models.CheckConstraint(
                condition=Q(stage__in=Event.Stage.values), name="event_template_stage_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title
