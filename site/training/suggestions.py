"""New courses, for those who write the county's posts."""

from collections.abc import Iterator
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from brand.models import Region
from cms.suggestions import Suggestion
from training.courses.queries import courses_under

MOST = 6


def new_courses(*, region: Region, since: date, until: date) -> Iterator[Suggestion]:
    """Tell of courses that were opened in those days. One query, beside that of the county's site."""
    if region.site is None:
        return
    opened = timezone.make_aware(datetime.combine(since, time.min))
    courses = courses_under(region.site.root_page).filter(first_published_at__gte=opened)
    for course in courses.prefetch_related(None)[:MOST]:
        yield Suggestion(
            origin=f"training.coursepage:{course.pk}",
            kind=gettext_lazy("new course"),
            title=_("New course: %(course)s") % {"course": course.title},
            on=timezone.localdate(course.first_published_at),
            category="event",
            url=course.get_url() or "",
        )
