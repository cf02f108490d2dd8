"""Planned posts as a list and as a form; weekly targets."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import AdminDateInput

from brand.back_office.tables import ListView
from news.models import Plan, WeeklyTarget
from news.planning.desk.plan_form import PlanForm
from news.planning.desk.plan_views import AddPlan, DropPlan, EditPlan


class ListPlans(ListView):
    """Lists plans, the next first."""

    along = ("region", "author", "post")

    def get_base_queryset(self) -> QuerySet[Plan]:
        """Leave out the texts of posts."""
        rows: QuerySet[Plan] = super().get_base_queryset()
        return rows.defer("post__body")


class PlanViewSet(ModelViewSet):
    """Planned posts."""

    model = Plan
    name = "news-plans"
    url_prefix = "news/plans"
    icon = "list-ul"
    menu_label = gettext_lazy("Planned posts")
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class, add_view_class = ListPlans, AddPlan
    edit_view_class, delete_view_class = EditPlan, DropPlan
    list_display = ["title", "planned_on", "channel", "author", "region"]
    list_export = ["title", "region", "planned_on", "channel", "category", "author", "post", "note"]
    export_filename = "planned-posts"
    list_filter = {
        "region": ["exact"],
        "channel": ["exact"],
        "author": ["exact"],
        "planned_on": ["gte", "lte"],
    }
    search_fields = ["title", "note"]
    search_backend_name = None
    ordering = ["-planned_on", "-pk"]
    panels = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("region"), FieldPanel("planned_on", widget=AdminDateInput)]),
        FieldRowPanel([FieldPanel("channel"), FieldPanel("category")]),
        FieldPanel("author"),
        FieldRowPanel([FieldPanel("product"), FieldPanel("base")]),
        FieldPanel("note"),
    ]

    def get_edit_handler(self) -> Any:
        """Use our form below Wagtail's panels."""
        return ObjectList(self.panels, base_form_class=PlanForm).bind_to_model(self.model)


class ListTargets(ListView):
    """Lists targets."""

    along = ("region",)


class TargetViewSet(ModelViewSet):
    """How many posts each county publishes in a week."""

    model = WeeklyTarget
    name = "news-targets"
    url_prefix = "news/targets"
    icon = "success"
    menu_label = gettext_lazy("Weekly targets")
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = ListTargets
    list_display = ["region", "least", "most"]
    list_export = ["region", "least", "most"]
    export_filename = "weekly-targets"
    search_backend_name = None
    panels = [FieldPanel("region"), FieldRowPanel([FieldPanel("least"), FieldPanel("most")])]
