"""Words and times of the live readings, for the template and, as JSON, for its script."""

import json
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _


def short_time(when: datetime, *, now: datetime, seconds: bool = False) -> str:
    """Return the time of day, with the day when it is not today's."""
    local = timezone.localtime(when)
    if local.date() != timezone.localdate(now):
        return f"{_day_pattern().format(month=local.month, day=local.day)} {local:%H:%M}"
    return local.strftime("%H:%M:%S" if seconds else "%H:%M")


def script_words() -> str:
    """Return what the script says, as JSON for an attribute."""
    words = {
        "connecting": _("Connecting"),
        "live": _("Live readings"),
        "again": _("Reconnecting"),
        "offline": _("Offline"),
        "last": _("Last {value} at {time}"),
        "gone": _("Offline, last {value} at {time}"),
        "day": _day_pattern(),
        "zone": timezone.get_default_timezone_name(),
    }
    return json.dumps(words, ensure_ascii=False)


def _day_pattern() -> str:
    return _("{day}/{month}")
