"""Membership applications in the back office: what waits, soonest first, and the terms of each county."""

from typing import Any

from django.db.models import F, QuerySet
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permissions import register_permission_policy

from brand.back_office import membership_review as review
from brand.back_office.activities.viewset import ActivityViewSet
from brand.back_office.policies import LookedAtPolicy
from brand.back_office.representatives import RepresentativeViewSet
from brand.back_office.tables import ListView
from brand.back_office.viewsets import MemberViewSet
from brand.models import MembershipApplication, MembershipTerms
from lib.dates import full_day

register_permission_policy(MembershipApplication, LookedAtPolicy(MembershipApplication))


def _due(application: MembershipApplication) -> str:
    if application.due_on is None:
        return ""
    words = gettext("%(day)s, overdue") if application.is_overdue(on=timezone.localdate()) else "%(day)s"
    return words % {"day": full_day(application.due_on)}


class ListApplications(ListView):
    """Lists applications that were sent off, what is to be answered first on top."""

    def get_base_queryset(self) -> QuerySet[MembershipApplication]:
        """Leave drafts to who writes them."""
        applications: QuerySet[MembershipApplication] = super().get_base_queryset()
        sent = applications.exclude(number=None)
        return sent.select_related("region")

    def order_queryset(self, queryset: QuerySet[MembershipApplication]) -> QuerySet[MembershipApplication]:
        """Begin with what is due, unless a column was chosen."""
        if "ordering" in self.request.GET:
            return super().order_queryset(queryset)
        return queryset.order_by(F("due_on").asc(nulls_last=True), "-changed_at", "-pk")

    def get_edit_url(self, instance: MembershipApplication) -> str:
        """Lead to the page the application is reviewed on."""
        return reverse("brand-applications:review", args=[instance.pk])


class MembershipApplicationViewSet(ModelViewSet):
    """Applications for membership."""

    model = MembershipApplication
    name = "brand-applications"
    icon = "clipboard-list"
    menu_label = _("Membership applications")
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = ListApplications
    exclude_form_fields: list[str] = []
    list_display = [
        "__str__",
        "number",
        "state",
        Column("due", label=_("to be answered by"), accessor=_due),
        "kind",
        "region",
    ]
    list_export = [
        "number", "name", "kind", "credit_code", "region", "town", "state", "submitted_at", "due_on",
    ]  # fmt: skip
    export_filename = "membership-applications"
    list_filter = ["state", "region", "kind"]
    search_fields = ["name", "number", "credit_code", "town"]
    search_backend_name = None

    def get_urlpatterns(self) -> list[Any]:
        """Add the review and its acts. The policy closes the usual forms."""
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/", review.review, name="review"),
            path("<int:pk>/return/", review.send_back, name="return"),
            path("<int:pk>/approve/", review.approve, name="approve"),
            path("<int:pk>/refuse/", review.refuse, name="refuse"),
            path("<int:pk>/note/", review.note, name="note"),
            path("papers/<int:pk>/", review.paper, name="paper"),
        ]


class MembershipTermsViewSet(ModelViewSet):
    """Days to answer, days that data is kept."""

    model = MembershipTerms
    name = "brand-membership-terms"
    icon = "date"
    menu_label = _("Terms of applications")
    copy_view_enabled = False
    list_display = ["region", "review_days", "remind_days", "drafts_kept_days", "refused_kept_days"]
    search_fields: list[str] = []
    search_backend_name = None
    panels = [
        FieldPanel("region"),
        FieldRowPanel([FieldPanel("review_days"), FieldPanel("remind_days")]),
        FieldRowPanel([FieldPanel("drafts_kept_days"), FieldPanel("refused_kept_days")]),
    ]


class MembershipViewSetGroup(ModelViewSetGroup):
    """The menu of the association: who is a member, who wants to be, who acts for whom."""

    menu_label = _("The association")
    menu_icon = "group"
    menu_order = 221
    items = (
        MembershipApplicationViewSet,
        MemberViewSet,
        RepresentativeViewSet,
        ActivityViewSet,
        MembershipTermsViewSet,
    )
