"""Who is in which course, in the back office: listed with how far they are, as a table to take along; written
in and taken out by hand."""

from typing import Any, ClassVar

from django import forms
from django.db.models import Count, Max, Q, QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from brand.acts.models import acts_on
from brand.acts.words import said
from brand.back_office.act_desk import Act, ActDesk
from brand.back_office.tables import ListView
from record.back_office.policies import IssuedPolicy
from training.courses.course import CoursePage
from training.learning.joining import enrol, leave
from training.learning.progress import lesson_progress
from training.learning.refusals import EnrolmentRefused
from training.models import Enrolment

register_permission_policy(Enrolment, IssuedPolicy(Enrolment))


class LeaveForm(forms.Form):
    """Taking somebody out."""


class OtherCourseForm(forms.Form):
    """Another course for the same person."""

    course = forms.ModelChoiceField(queryset=CoursePage.objects.none(), label=gettext_lazy("course"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["course"].queryset = CoursePage.objects.live().order_by("title")  # type: ignore[attr-defined]


class EnrolmentDesk(ActDesk):
    """One trainee in one course: how far they are, and what can be done by hand."""

    template = "training/admin/enrolment.html"
    may_look, may_act = "training.view_enrolment", "training.change_enrolment"
    refusals = (EnrolmentRefused,)
    acts = {
        "write_in": Act(
            OtherCourseForm,
            gettext_lazy("Write into another course"),
            gettext_lazy("Also where it is closed or builds on another; never beyond its places."),
            gettext_lazy("Write in"),
        ),
        "take_out": Act(
            LeaveForm,
            gettext_lazy("Take out of the course"),
            gettext_lazy("The place goes to the next who waits. What was learnt is kept."),
            gettext_lazy("Take out"),
            serious=True,
        ),
    }

    def find(self, pk: int) -> None:
        """Read the enrolment with its trainee and course."""
        rows = Enrolment.objects.select_related("trainee__user", "trainee__region", "course")
        self.enrolment = get_object_or_404(rows, pk=pk)

    @property
    def url(self) -> str:
        """The address of the page."""
        return reverse("training-enrolments:desk", args=[self.enrolment.pk])

    def possible(self) -> list[str]:
        """Return what its state allows."""
        is_open = self.enrolment.state in {Enrolment.State.WAITING, Enrolment.State.LEARNING}
        return ["write_in", *(["take_out"] if is_open else [])]

    def write_in(self, form: forms.Form) -> HttpResponseBase | str:
        """Write the trainee into another course and lead there."""
        course = form.cleaned_data["course"]
        made = enrol(trainee=self.enrolment.trainee, course=course, at=self.now, by=self.by)
        return redirect("training-enrolments:desk", made.pk)

    def take_out(self, form: forms.Form) -> str:
        """Give the place to the next."""
        leave(enrolment=self.enrolment, at=self.now, by=self.by)
        return _("The place is free again.")

    def context(self) -> dict[str, Any]:
        """Return the enrolment with its lessons and its trail."""
        enrolment = self.enrolment
        title = enrolment.trainee.name or _("Account deleted")
        return {
            "enrolment": enrolment,
            "lessons": lesson_progress(enrolment),
            "history": said(acts_on(enrolment)),
            "breadcrumbs_items": [
                {"url": reverse("training-enrolments:index"), "label": gettext_lazy("Who learns what")},
                {"url": "", "label": title},
            ],
            "header_title": title,
            "page_title": title,
            "page_subtitle": enrolment.course.title,
            "header_icon": "user",
        }


class ListEnrolments(ListView):
    """Lists enrolments with the lessons done and the last time something was learnt."""

    along = ("trainee", "trainee__region", "course")

    def get_base_queryset(self) -> QuerySet[Enrolment]:
        """Count what is done along."""
        done = Count("progress", filter=Q(progress__completed_at__isnull=False))
        rows: QuerySet[Enrolment] = super().get_base_queryset()
        return rows.annotate(lessons_done=done, last_learnt=Max("progress__heard_at"))

    def get_edit_url(self, instance: Enrolment) -> str:
        """Lead to the page of the enrolment."""
        return reverse("training-enrolments:desk", args=[instance.pk])


class EnrolmentViewSet(ModelViewSet):
    """Who learns what."""

    model = Enrolment
    name = "training-enrolments"
    url_prefix = "training/enrolments"
    icon = "group"
    menu_label = gettext_lazy("Who learns what")
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = ListEnrolments
    exclude_form_fields: ClassVar[list[str]] = []
    list_display: ClassVar[list[Any]] = [
        "trainee",
        "course",
        "state",
        Column("lessons_done", label=gettext_lazy("Lessons done")),
        DateColumn("last_learnt", label=gettext_lazy("Last learnt"), sort_key="last_learnt"),
        "enrolled_at",
    ]
    list_filter: ClassVar[dict[str, list[str]]] = {
        "course": ["exact"],
        "state": ["exact"],
        "trainee__group": ["exact"],
        "trainee__region": ["exact"],
        "enrolled_at": ["gte", "lte"],
    }
    list_export: ClassVar[list[str]] = [
        "trainee.name", "trainee.group", "trainee.place", "trainee.region", "course.title", "state",
        "enrolled_at", "lessons_done", "last_learnt", "completed_at", "left_at",
    ]  # fmt: skip
    export_headings: ClassVar[dict[str, Any]] = {
        "lessons_done": gettext_lazy("Lessons done"),
        "last_learnt": gettext_lazy("Last learnt"),
    }
    export_filename = "enrolments"
    search_fields: ClassVar[list[str]] = ["trainee__name", "trainee__place", "course__title"]
    search_backend_name = None
    ordering: ClassVar[list[str]] = ["-enrolled_at"]

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the desk."""
        desk = EnrolmentDesk.as_view()
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/", desk, name="desk"),
            path("<int:pk>/<slug:act>/", desk, name="act"),
        ]
