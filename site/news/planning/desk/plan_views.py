"""Making, changing and dropping a plan by its form: one domain call each."""

from typing import Any, cast

from django.forms.models import BaseModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.generic import CreateView, DeleteView, EditView

from accounts.models import User
from news.models import Plan
from news.planning.adding import add_plan
from news.planning.changing import change_plan, drop_plan
from news.planning.desk.plan_form import PlanForm, day_of, said_by
from news.planning.refusals import ChangedMeanwhile, PlanGone, PlanRefused


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
            "planned_on": day_of(asked.get("planned_on", "")),
            "region": asked.get("region") or (region.pk if region else None),
            "author": self.request.user.pk,
            **said_by(asked.get("post", "")),
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
