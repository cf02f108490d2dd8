"""How metrics look to visitors: name, unit, decimals and the limits beside them, remembered for a minute."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import FilteredRelation, Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from telemetry.models import Metric, MetricLimit

REMEMBERED_FOR = 60.0  # s
_ENGLISH_UNITS = {"级": "Bft"}


@dataclass(frozen=True, slots=True)
class Face:
    """What is shown of a metric besides its value. Limits are in the unit of the metric."""

    key: str
    name: str
    name_en: str
    unit: str
    decimals: int
    is_circular: bool
    limits: dict[str, float]
    in_season: bool = False

    @property
    def label(self) -> str:
        """The name in the language of the page."""
        return self.name_en if _is_english() else self.name

    @property
    def unit_label(self) -> str:
        """The unit in the language of the page."""
        return _ENGLISH_UNITS.get(self.unit, self.unit) if _is_english() else self.unit

    @property
    def limit_text(self) -> str:
        """The limits in force, in words; they belong to means, so no value is judged by them."""
        period = MetricLimit.Period
        if period.DAY_MEAN in self.limits:
            return _("24-hour reference {limit}").format(limit=f"{self.limits[period.DAY_MEAN]:g}")
        if {period.DAY, period.NIGHT} <= self.limits.keys():
            day, night = (f"{self.limits[key]:g}" for key in (period.DAY, period.NIGHT))
            return _("Reference {day} by day, {night} by night").format(day=day, night=night)
        return ""

    def text(self, value: float) -> str:
        """Return a value with the decimals of the metric."""
        rounded = f"{value:.{self.decimals}f}"
        return rounded.removeprefix("-") if float(rounded) == 0 else rounded


def _is_english() -> bool:
    return (get_language() or "").startswith("en")


_remembered: tuple[list[Face], float, date] | None = None


def faces(*, on: date) -> list[Face]:
    """Return all public metrics in their order, with the limits in force that day. At most one query."""
    global _remembered  # noqa: PLW0603 - one value per process is the point
    now = time.monotonic()
    if _remembered is None or now - _remembered[1] > REMEMBERED_FOR or _remembered[2] != on:
        _remembered = (_read(on), now, on)
    return _remembered[0]


def forget_faces() -> None:
    """Make the next `faces` ask the database."""
    global _remembered  # noqa: PLW0603
    _remembered = None


def _read(on: date) -> list[Face]:
    open_ended = Q(limits__valid_to=None) | Q(limits__valid_to__gte=on)
    in_force = FilteredRelation("limits", condition=Q(open_ended, limits__valid_from__lte=on))
    fields = (
        "key",
        "name",
        "name_en",
        "unit",
        "decimals",
        "is_circular",
        "in_season",
        "rule__period",
        "rule__value",
    )
    metrics = Metric.objects.filter(is_public=True).annotate(rule=in_force)
    return _merge(metrics.order_by("position", "key").values_list(*fields))


def _merge(rows: Iterable[tuple]) -> list[Face]:
    found: dict[str, Face] = {}
    for row in rows:
        key, name, name_en, unit, decimals, is_circular, in_season, period, value = row
        face = found.setdefault(
            key, Face(key, name, name_en, unit, decimals, is_circular, limits={}, in_season=in_season)
        )
        if period:
            # Of several levels the widest is the one for places where people live and farm.
            face.limits[period] = max(value, face.limits.get(period, value))
    return list(found.values())
