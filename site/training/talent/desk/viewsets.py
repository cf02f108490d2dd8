"""Lists of the pool in the back office: who is in it, posts, requests, members kept out."""

from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from brand.back_office.act_desk import ActDesk
from record.back_office.policies import IssuedPolicy
from training.models import ContactRequest, EmployerBar, JobPost, Talent
from training.talent.desk.bars import AddBar, BarHistory, BarUsage, LiftBar
from training.talent.desk.jobs import JobDesk
from training.talent.desk.ours import ListOurs
from training.talent.desk.talents import TalentDesk


class BarPolicy(ModelPermissionPolicy):
    """A bar is set and lifted; to change its reason it is set anew."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Ask the user's roles for everything but changing."""
        return action != "change" and bool(super().user_has_permission(user, action))


for _model in (Talent, JobPost, ContactRequest):
    register_permission_policy(_model, IssuedPolicy(_model))
register_permission_policy(EmployerBar, BarPolicy(EmployerBar))


class _Rows(ModelViewSet):
    """Rows that come and change by named acts."""

    copy_view_enabled = False
    add_to_reference_index = False
    exclude_form_fields: ClassVar[list[str]] = []
    search_backend_name = None


class _DeskRows(_Rows):
    """Rows that are acted upon on a page of their own."""

    desk: ClassVar[type[ActDesk]]

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the desk."""
        desk = self.desk.as_view()
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/", desk, name="desk"),
            path("<int:pk>/<slug:act>/", desk, name="act"),
        ]


class ListTalents(ListOurs):
    """Lists who is in the pool as members read them: the name is on the page, which counts looks."""

    along = ("trainee", "region", "consent")

    def get_edit_url(self, instance: Talent) -> str:
        """Lead to the profile."""
        return reverse("training-talent:desk", args=[instance.pk])


class TalentViewSet(_DeskRows):
    """Who is in the pool."""

    model, desk = Talent, TalentDesk
    name = "training-talent"
    url_prefix = "training/talent"
    icon = "group"
    menu_label = gettext_lazy("Talent pool")
    index_view_class = ListTalents
    list_display: ClassVar[list[Any]] = [
        "headline", Column("called", label=gettext_lazy("shown as")), "region", "place", "joined_at",
        Column("consent.until", label=gettext_lazy("asked again by")),
    ]  # fmt: skip
    list_filter: ClassVar[dict[str, list[str]]] = {
        "region": ["exact"], "hours": ["exact"], "reach": ["exact"], "joined_at": ["gte", "lte"],
    }  # fmt: skip
    search_fields: ClassVar[list[str]] = ["headline", "place"]
    ordering: ClassVar[list[str]] = ["-joined_at"]


class ListJobs(ListOurs):
    """Lists posts with their members."""

    along = ("member", "region")

    def get_edit_url(self, instance: JobPost) -> str:
        """Lead to the post."""
        return reverse("training-jobs:desk", args=[instance.pk])


class JobPostViewSet(_DeskRows):
    """Posts of members."""

    model, desk = JobPost, JobDesk
    name = "training-jobs"
    url_prefix = "training/jobs"
    icon = "clipboard-list"
    menu_label = gettext_lazy("Job posts")
    index_view_class = ListJobs
    list_display: ClassVar[list[Any]] = ["title", "member", "work", "state", "until", "posted_at"]
    list_filter: ClassVar[dict[str, list[str]]] = {
        "state": ["exact"], "region": ["exact"], "work": ["exact"], "until": ["gte", "lte"],
    }  # fmt: skip
    search_fields: ClassVar[list[str]] = ["title", "text", "member__name"]
    ordering: ClassVar[list[str]] = ["-posted_at"]


class ListRequests(ListOurs):
    """Lists who asked whom; what was written stays between the two."""

    along, county = ("member", "job"), "member__region"

    def get_edit_url(self, instance: Model) -> None:
        """Lead nowhere: the message is for whom it was written."""
        return


class ContactRequestViewSet(_Rows):
    """Who asked whom."""

    model = ContactRequest
    name = "training-contacts"
    url_prefix = "training/contacts"
    icon = "mail"
    menu_label = gettext_lazy("Contact requests")
    index_view_class = ListRequests
    list_display: ClassVar[list[Any]] = ["member", "called", "state", "asked_at", "answered_at"]
    list_filter: ClassVar[dict[str, list[str]]] = {
        "state": ["exact"], "member": ["exact"], "asked_at": ["gte", "lte"],
    }  # fmt: skip
    ordering: ClassVar[list[str]] = ["-asked_at"]


class ListBars(ListOurs):
    """Lists members kept out."""

    along, county = ("member", "by"), "member__region"

    def get_base_queryset(self) -> QuerySet[EmployerBar]:
        """Newest first."""
        rows: QuerySet[EmployerBar] = super().get_base_queryset()
        return rows.order_by("-at", "-pk")


class EmployerBarViewSet(_Rows):
    """Members kept out of the pool."""

    model = EmployerBar
    name = "training-bars"
    url_prefix = "training/bars"
    icon = "lock"
    menu_label = gettext_lazy("Members kept out")
    index_view_class = ListBars
    add_view_class = AddBar
    delete_view_class = LiftBar
    history_view_class, usage_view_class = BarHistory, BarUsage
    list_display: ClassVar[list[Any]] = ["member", "why", "by", "at"]
    form_fields: ClassVar[list[str]] = ["member", "why"]
