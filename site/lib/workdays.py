"""Working days of China: five a week, without the holidays and with the days worked in their place.

The yearly notice of the State Council comes in autumn; a year it does not cover yet has weekends only.
"""

from datetime import date, timedelta

from lunar_python.util import HolidayUtil

_SATURDAY = 5


def is_working_day(day: date) -> bool:
    """Tell whether offices work on that day."""
    holiday = HolidayUtil.getHoliday(day.isoformat())
    return bool(holiday.isWork()) if holiday else day.weekday() < _SATURDAY


def working_days(first: date, last: date) -> int:
    """Return how many working days there are from `first` to `last`, both included; 0 for none."""
    days = max(0, (last - first).days + 1)
    return sum(is_working_day(first + timedelta(days=count)) for count in range(days))


def after_working_days(day: date, count: int) -> date:
    """Return the `count`th working day after `day`."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day
