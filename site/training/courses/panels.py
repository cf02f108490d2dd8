"""The panels a course and a lesson are written with."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel

from cms.models import BasePage

COURSE_PANELS: list[Any] = [
    *BasePage.content_panels,
    FieldPanel("intro"),
    FieldRowPanel([FieldPanel("kind"), FieldPanel("audience")]),
    InlinePanel("audiences", heading=_("Made for these groups"), label=pgettext_lazy("of trainees", "Group")),
    InlinePanel("taught_by", heading=_("Teachers"), label=_("Teacher")),
    MultiFieldPanel(
        [FieldPanel("teacher"), FieldPanel("teacher_about")],
        heading=_("A teacher without a page of their own"),
        classname="collapsed",
    ),
    MultiFieldPanel([FieldPanel("image"), FieldPanel("art")], heading=_("Cover")),
    FieldPanel("outcomes"),
    FieldPanel("body"),
    FieldPanel("faq"),
]
ENGLISH_PANELS: list[Any] = [
    HelpPanel(_("For cross-border courses: shown on the English pages, and beside the Chinese words.")),
    FieldPanel("in_english"),
    FieldPanel("title_en"),
    FieldPanel("intro_en"),
]
TAKING_PART_PANELS: list[Any] = [
    FieldRowPanel([FieldPanel("enrolment"), FieldPanel("capacity"), FieldPanel("ends_on")]),
    InlinePanel("prerequisites", heading=_("To be completed before"), label=_("Course")),
    MultiFieldPanel(
        [
            FieldPanel("needs_watching"),
            FieldRowPanel([FieldPanel("needs_exam"), FieldPanel("needs_class")]),
            FieldRowPanel([FieldPanel("certificate"), FieldPanel("hours")]),
        ],
        heading=_("Completed when"),
    ),
]
LESSON_PANELS: list[Any] = [
    *BasePage.content_panels,
    FieldRowPanel([FieldPanel("kind"), FieldPanel("minutes")]),
    FieldRowPanel([FieldPanel("section"), FieldPanel("free_preview")]),
    FieldPanel("summary"),
    FieldPanel("film"),
    FieldPanel("slides"),
    FieldPanel("material"),
    FieldPanel("body"),
]
