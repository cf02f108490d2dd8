"""The people of one activity: who comes, who waits, who came; writing in, calling off, the list."""

from io import BytesIO
from typing import Any, cast

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.models import User
from brand.activities.changing import call_off
from brand.activities.places import sign_up
from brand.activities.refusals import SignUpRefused
from brand.activities.workbook import write_workbook
from brand.acts.models import acts_on, record_act
from brand.acts.words import said
from brand.back_office.act_desk import Act, ActDesk
from brand.back_office.activities.people_forms import CallOffForm, WriteInForm
from brand.models import Activity, SignUp

MOST_SHOWN = 500
_ORDER = (SignUp.State.GOING, SignUp.State.OFFERED, SignUp.State.WAITING)


class PeopleDesk(ActDesk):
    """Who comes to one activity."""

    template = "brand/admin/activities/people.html"
    may_look, may_act = "brand.view_signup", "brand.change_signup"
    refusals = (SignUpRefused,)
    acts = {
        "write_in": Act(
            WriteInForm,
            gettext_lazy("Write somebody in"),
            gettext_lazy(
                "Who called, or stands at the door. Places are counted; when all are taken, they wait."
            ),
            gettext_lazy("Write in"),
        ),
        "call_off": Act(
            CallOffForm,
            gettext_lazy("Call it off"),
            gettext_lazy("Everybody on the list is told at once, with your reason. It cannot be undone."),
            gettext_lazy("Call the activity off"),
            serious=True,
        ),
    }

    def find(self, pk: int) -> None:
        """Read the activity."""
        self.activity = get_object_or_404(Activity.objects.select_related("region"), pk=pk)

    @property
    def url(self) -> str:
        """The address of the page."""
        return reverse("brand-activities:people", args=[self.activity.pk])

    def possible(self) -> list[str]:
        """Return what can be done: nothing more once it is called off or forgotten."""
        if self.activity.called_off_at or self.activity.contacts_erased_at:
            return []
        return ["write_in", "call_off"] if self.activity.ends_at > timezone.now() else ["write_in"]

    def form_options(self, act: str) -> dict[str, Any]:
        """Offer the members of the county."""
        return {"region": self.activity.region} if act == "write_in" else {}

    def write_in(self, form: forms.Form) -> str:
        """Write somebody in by hand."""
        made = sign_up(activity=self.activity, at=self.now, by=self.by, **form.cleaned_data)
        if made.state == SignUp.State.GOING:
            return _("%(name)s has a place.") % {"name": made.name}
        return _("Every place is taken: %(name)s is on the waiting list.") % {"name": made.name}

    def call_off(self, form: forms.Form) -> str:
        """Call it off."""
        call_off(activity=self.activity, why=form.cleaned_data["why"], by=self.by, at=self.now)
        return _("Called off. Everybody on the list is being told.")

    def context(self) -> dict[str, Any]:
        """Return the people, in the order they matter at the door."""
        typed = self.request.GET.get("q", "").strip()
        counted = self.activity.sign_ups
        return {
            "activity": self.activity,
            "people": _people(self.activity, typed)[:MOST_SHOWN],
            "typed": typed,
            "waiting": counted.queue().count(),
            "came": counted.exclude(checked_in_at=None).count(),
            "may_act": self.request.user.has_perm(self.may_act) and not self.activity.contacts_erased_at,
            "live_states": SignUp.LIVE,
            "opens": not self.activity.called_off_at,
            "history": said(acts_on(self.activity)),
            "breadcrumbs_items": [
                {"url": reverse("brand-activities:index"), "label": gettext_lazy("Activities")},
                {
                    "url": reverse("brand-activities:edit", args=[self.activity.pk]),
                    "label": self.activity.title,
                },
                {"url": "", "label": gettext_lazy("Who comes")},
            ],
            "page_title": self.activity.title,
            "header_title": self.activity.title,
            "header_icon": "group",
        }


@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the list as a workbook; that it was taken is written down, because it names people."""
    if not request.user.has_perm("brand.view_signup"):
        raise PermissionDenied
    activity = get_object_or_404(Activity, pk=pk)
    out = BytesIO()
    write_workbook(activity, _people(activity, ""), out)
    record_act(activity, "list_taken", by=cast("User", request.user), at=timezone.now())
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    answer = HttpResponse(out.getvalue(), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{activity.slug}.xlsx"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _people(activity: Activity, typed: str) -> QuerySet[SignUp]:
    """Return the people with a place first, then who is asked, who waits, who is out. One query."""
    whens = [When(state=state, then=Value(place)) for place, state in enumerate(_ORDER)]
    order = Case(*whens, default=Value(len(_ORDER)), output_field=IntegerField())
    found = activity.sign_ups.select_related("member").annotate(place=order)
    if typed:
        digits = "".join(sign for sign in typed if sign.isdecimal())
        same = Q(name__icontains=typed) | Q(member__name__icontains=typed)
        found = found.filter(same | Q(phone__contains=digits) if digits else same)
    return found.order_by("place", "signed_up_at", "pk")
