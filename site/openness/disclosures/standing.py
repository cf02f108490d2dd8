"""Where a disclosure stands on a day. Nothing is stored: the dates say it."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lib.workdays import working_days

if TYPE_CHECKING:
    from openness.disclosures.models import DisclosurePage


class Standing(models.TextChoices):
    """Where it stands."""

    OPEN = "open", pgettext_lazy("disclosure", "open for opinions")
    UPCOMING = "upcoming", pgettext_lazy("disclosure", "begins soon")
    ENDED = "ended", pgettext_lazy("disclosure", "period over")
    LASTING = "lasting", pgettext_lazy("disclosure", "public for good")
    WITHDRAWN = "withdrawn", _("withdrawn")


def standing_of(page: "DisclosurePage", *, on: date) -> Standing:
    """Return where the disclosure stands that day."""
    if page.withdrawn_on and page.withdrawn_on <= on:
        return Standing.WITHDRAWN
    if page.closes_on is None:
        return Standing.LASTING
    if on < page.opens_on:
        return Standing.UPCOMING
    return Standing.OPEN if on <= page.closes_on else Standing.ENDED


def standing_is(standing: str, *, on: date) -> Q:
    """Return the condition on rows that stand so; the same rule as `standing_of`."""
    withdrawn = Q(withdrawn_on__lte=on)
    if standing == Standing.WITHDRAWN:
        return withdrawn
    rules = {
        Standing.LASTING: Q(closes_on=None),
        Standing.UPCOMING: Q(closes_on__isnull=False, opens_on__gt=on),
        Standing.OPEN: Q(opens_on__lte=on, closes_on__gte=on),
        Standing.ENDED: Q(opens_on__lte=on, closes_on__lt=on),
    }
    return rules[Standing(standing)] & (Q(withdrawn_on=None) | Q(withdrawn_on__gt=on))


def days_left(page: "DisclosurePage", *, on: date) -> int:
    """Return how many working days of the period are left that day, that day included."""
    return working_days(max(on, page.opens_on), page.closes_on) if page.closes_on else 0


def share_passed(page: "DisclosurePage", *, on: date) -> int:
    """Return how much of the period has passed, in percent: 0 before it begins, 100 after its last day."""
    if page.closes_on is None:
        return 0
    whole = (page.closes_on - page.opens_on).days + 1
    passed = (on - page.opens_on).days
    return max(0, min(100, round(100 * passed / whole)))
