"""The counter behind numbers that follow one another."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Counter(models.Model):
    """How far one series of numbers has come."""

    name = models.CharField(_("series"), max_length=48, unique=True)
    value = models.PositiveBigIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("counter")
        verbose_name_plural = _("counters")

    def __str__(self) -> str:
        return f"{self.name} {self.value}"


def next_number(series: str) -> int:
    """Return the next number of a series, beginning with 1; call it in the transaction that uses it.

    The row is locked until that transaction ends, so numbers neither repeat nor leave a gap.
    """
    Counter.objects.get_or_create(name=series)
    counter = Counter.objects.select_for_update().get(name=series)
    counter.value += 1
    counter.save(update_fields=["value"])
    return counter.value
