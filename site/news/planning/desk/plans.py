"""Planned posts as a list and as a form; weekly targets."""

from datetime import date
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.forms.models import BaseModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.views.generic import CreateView, DeleteView, EditView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import AdminDateInput

from accounts.models import User
from brand.back_office.tables import ListView
from news.models import NewsPage, Plan, WeeklyTarget
from news.planning.adding import add_plan
from news.planning.changing import change_plan, drop_plan
from news.planning.counties import counties
from news.planning.desk.asked import WriterField
from news.planning.refusals import ChangedMeanwhile, PlanGone, PlanRefused

FIELDS = ("region", "title", "planned_on", "channel", "category", "author", "product", "base", "note")


class PlanForm(WagtailAdminModelForm):
    """A plan; `seen` is the version the editor looked at."""

    data: QueryDict
    author = WriterField(
        label=gettext_lazy("who writes it"),
        required=False,
        empty_label=gettext_lazy("nobody yet"),
        help_text=gettext_lazy("Reminded the day before. Empty: nobody yet."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    of_post = forms.ModelChoiceField(NewsPage.objects.all(), widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["seen"] = self.instance.version

    @property
    def facts(self) -> dict[str, Any]:
        """Return the fields of the plan as typed."""
        return {name: self.cleaned_data[name] for name in FIELDS if name in self.cleaned_data}

    def see(self, version: int) -> None:
        """Let the next try build on what somebody else changed; what was typed stays."""
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = str(version)


class _Planning:
    """What making and changing share: one domain call, and a refusal beside the form."""

    form: PlanForm
    request: HttpRequest

    def _refused(self, error: PlanRefused) -> HttpResponse:
        self.form.add_error(None, str(error))
        self.produced_error_code = "validation_error"
        self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
        return cast("HttpResponse", self.form_invalid(self.form))  # type: ignore[attr-defined]

    def _done(self, plan: Plan, said: str) -> HttpResponse:
        messages.success(self.request, said)
        where = f"day={plan.planned_on.isoformat()}&region={plan.region.slug}"
        return HttpResponseRedirect(f"{reverse('news-calendar:index')}?{where}#plan-{plan.pk}")


class AddPlan(_Planning, CreateView):
    """Plans a post; the day and county of the calendar are filled in, or what a post says of itself."""

    def get_initial(self) -> dict[str, Any]:
        """Start with the day that was pressed and the county whose site this is."""
        asked, region = self.request.GET, getattr(self.request, "region", None)
        return {
            **super().get_initial(),
            "planned_on": _day(asked.get("planned_on", "")),
            "region": asked.get("region") or (region.pk if region else None),
            "author": self.request.user.pk,
            **_said_by(asked.get("post", "")),
        }

    def form_valid(self, form: BaseModelForm) -> HttpResponse:
        """Make the one call."""
        self.form = cast("PlanForm", form)
        by = cast("User", self.request.user)
        try:
            post = self.form.cleaned_data["of_post"]
            plan = add_plan(by=by, at=timezone.now(), post=post, **self.form.facts)
        except PlanRefused as error:
            return self._refused(error)
        return self._done(plan, _("It is on the calendar."))


class EditPlan(_Planning, EditView):
    """Changes a plan; of two editors the second is told what the first did and keeps what was typed."""

    def form_valid(self, form: BaseModelForm) -> HttpResponse:
        """Make the one call."""
        self.form = cast("PlanForm", form)
        seen, by = self.form.cleaned_data["seen"] or 0, cast("User", self.request.user)
        before = Plan.objects.filter(pk=self.object.pk).first()
        try:
            if before is None:
                raise PlanGone
            plan = change_plan(plan=before, seen=seen, by=by, at=timezone.now(), **self.form.facts)
        except PlanRefused as error:
            if isinstance(error, ChangedMeanwhile):
                self.form.see(error.plan.version)
            return self._refused(error)
        return self._done(plan, _("Saved."))


class DropPlan(DeleteView):
    """Takes a plan off the calendar."""

    def delete_action(self) -> None:
        """Make the one call; a post written for it stays."""
        drop_plan(plan=self.object, seen=self.object.version)


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
        FieldPanel("seen"),
        FieldPanel("of_post"),
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


def _day(text: str) -> date:
    """Return the day an address names, or today."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return timezone.localdate()


def _said_by(post: str) -> dict[str, Any]:
    """Return what a plan takes over from the post of that key."""
    page = NewsPage.objects.filter(pk=int(post)).first() if post.isdecimal() and len(post) < 12 else None
    region = counties().of(page.path) if page else None
    if page is None or region is None:
        return {}
    facts = {"of_post": page.pk, "title": page.title, "category": page.category, "region": region.pk}
    return facts | {"author": page.owner_id, "planned_on": max(page.published_on, timezone.localdate())}
