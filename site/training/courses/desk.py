"""Courses and teachers in the back office: flat lists of their pages, of all counties one may work in."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet

from training.courses.course import CoursePage
from training.teachers.page import TeacherPage


class CourseListing(PageListingViewSet):
    """All courses."""

    model = CoursePage
    name = "training-courses"
    icon = "doc-full"
    menu_label = pgettext_lazy("pages", "Courses")
    list_display = [
        *IndexView.base_columns[:3],
        Column("kind", label=_("Kind"), accessor="get_kind_display"),
        Column("enrolment", label=_("Enrolling"), accessor="get_enrolment_display"),
        *IndexView.base_columns[3:],
    ]
    list_filter = ["kind", "enrolment", "in_english", "certificate"]


class TeacherListing(PageListingViewSet):
    """All teachers."""

    model = TeacherPage
    name = "training-teachers"
    icon = "user"
    menu_label = _("Teachers")
