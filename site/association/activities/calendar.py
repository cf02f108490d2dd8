"""An activity as an iCalendar file (RFC 5545), for the calendar of a phone."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from brand.models import Activity

REMIND = timedelta(hours=-2)


def calendar_file(activity: Activity, *, url: str, host: str, at: datetime) -> bytes:
    """Return the file; `url` leads back to the page, `host` makes the identifier unique in the world."""
    calendar = Calendar()
    calendar.add("prodid", "-//Fengtu//Activities//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(_event(activity, url=url, host=host, at=at))
    return bytes(calendar.to_ical())


def _event(activity: Activity, *, url: str, host: str, at: datetime) -> Event:
    event = Event()
    event.add("uid", f"activity-{activity.pk}@{host}")
    event.add("dtstamp", at.astimezone(timezone.get_fixed_timezone(0)))
    event.add("dtstart", timezone.localtime(activity.starts_at))
    event.add("dtend", timezone.localtime(activity.ends_at))
    event.add("summary", activity.title)
    event.add("location", " ".join(filter(None, [activity.place, activity.address])))
    event.add("description", "\n".join(filter(None, [activity.summary, activity.contact, url])))
    event.add("url", url)
    event.add("status", "CANCELLED" if activity.called_off_at else "CONFIRMED")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _("In two hours: %(title)s") % {"title": activity.title})
    alarm.add("trigger", REMIND)
    event.add_component(alarm)
    return event
