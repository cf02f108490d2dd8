"""One request to the form of an application: shown, saved as a draft, sent.

What arrives is always saved first, complete or not, and its papers are kept; then it is looked at whether
it can be sent. So an error never costs anybody what they typed or uploaded.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from association.desk.gate import MemberRequest
from association.desk.pages import desk_page
from association.licences.desk.conflict import differences
from association.licences.desk.forms import ApplicationForm, initial_of
from association.licences.desk.uploads import keep_papers
from brand.licences.applications.drafts import (
    ChangedMeanwhile,
    NotChangeable,
    NotRenewable,
    begin_application,
    save_draft,
)
from brand.licences.applications.moving import AlreadyMoved
from brand.licences.applications.papers import remove_paper
from brand.licences.applications.submission import NotComplete, submit_application
from brand.models import ApplicationPaper, Licence, LicenceApplication

REMOVE = "remove-"  # what the button beside a paper says, before the key of the paper


@dataclass
class Editing:
    """The form of one application (or of none yet) in one request."""

    request: MemberRequest
    application: LicenceApplication | None = None
    renews: Licence | None = None
    problems: Mapping[str, str] = field(default_factory=dict)
    unkept: list[str] = field(default_factory=list)
    conflict: list[Any] = field(default_factory=list)

    def show(self, form: ApplicationForm | None = None, *, status: int = 200) -> HttpResponse:
        """Show the form, empty, as saved, or as it was sent."""
        form = form or ApplicationForm(member=self.request.member, initial=self._initial())
        renews = self.application.renews if self.application else self.renews
        context = {
            "form": form,
            "application": self.application,
            "renews": renews,
            "remarks": self.application.remarks if self.application else {},
            "problems": self.problems,
            "unkept": self.unkept,
            "conflict": self.conflict,
            "papers": list(self.application.papers.all()) if self.application else [],
            "kinds": ApplicationPaper.Kind.choices,
            "brands": self._brands(),
            "address": self._address(),
        }
        return desk_page(
            self.request,
            "association/licences/desk/edit.html",
            context,
            title=_("Renew a licence") if renews else _("Apply for a licence"),
            above=((_("Licences"), reverse("desk:licences")),),
            status=status,
        )

    def save(self) -> HttpResponse:
        """Keep what arrived, then send it if that was asked."""
        form = ApplicationForm(self.request.POST, member=self.request.member)
        form.is_valid()
        now = timezone.now()
        try:
            held = self._kept(form)
        except ChangedMeanwhile as error:
            return self._ask_which(form, error.now)
        except (NotChangeable, NotRenewable) as error:
            messages.error(self.request, str(error))
            return redirect("desk:licences")
        self.application = held
        self.unkept = keep_papers(self.request, held, at=now)
        act = self.request.POST.get("act", "")
        if act == "send":
            return self._send(held, form)
        if act.startswith(REMOVE):
            return self._remove(held, act.removeprefix(REMOVE))
        if form.errors or self.unkept:
            return self.show(self._again(held, form), status=400)
        messages.success(self.request, _("The draft is saved. You can go on later, on any device."))
        return redirect("desk:licence_application", pk=held.pk)

    def _remove(self, held: LicenceApplication, key: str) -> HttpResponse:
        """Take a paper away; what was typed beside it is saved already."""
        paper = held.papers.filter(pk=key).first() if key.isdecimal() else None
        try:
            if paper:
                remove_paper(paper=paper)
                messages.success(self.request, _("%(name)s is taken away.") % {"name": paper.name})
        except NotChangeable as error:  # sent off from another window a moment ago
            messages.error(self.request, str(error))
        return HttpResponseRedirect(reverse("desk:licence_application", args=[held.pk]) + "#papers")

    def _kept(self, form: ApplicationForm) -> LicenceApplication:
        now, wish = timezone.now(), form.wish()
        if self.application is None:
            return begin_application(
                member=self.request.member, wish=wish, by=self.request.user, at=now, renews=self.renews
            )
        version = form.cleaned_data.get("version") or 0
        save_draft(application=self.application, wish=wish, version=version, at=now)
        return self.application

    def _send(self, held: LicenceApplication, form: ApplicationForm) -> HttpResponse:
        if not self.request.POST.get("agreed"):
            self.problems = {"agreed": _("Tick that you keep to the rules.")}
        try:
            if form.errors or self.unkept or self.problems:
                return self.show(self._again(held, form), status=400)
            submit_application(application=held, by=self.request.user, at=timezone.now())
        except NotComplete as error:
            self.problems = error.problems
            return self.show(self._again(held, form), status=400)
        except AlreadyMoved as error:
            messages.error(self.request, str(error))
        else:
            messages.success(self.request, _("The application is sent. You hear from us here."))
        return redirect("desk:licence_application", pk=held.pk)

    def _ask_which(self, form: ApplicationForm, now: LicenceApplication) -> HttpResponse:
        """Show both texts: what was typed stays in the form, what was saved elsewhere stands beside it."""
        self.unkept = keep_papers(self.request, now, at=timezone.now())
        self.application = now
        self.conflict = differences(form, now)
        return self.show(self._again(now, form), status=409)

    def _again(self, held: LicenceApplication, form: ApplicationForm) -> ApplicationForm:
        """Return the form as it was sent, with the version that is saved now: sending it again saves it."""
        data = self.request.POST.copy()
        data["version"] = str(held.version)
        renewed = ApplicationForm(data, member=self.request.member)
        renewed.is_valid()
        return renewed

    def _initial(self) -> dict[str, Any]:
        if self.application:
            return initial_of(self.application)
        return _from_licence(self.renews) if self.renews else {}

    def _brands(self) -> list[str]:
        """Return the brands this county has given licences for. One query."""
        given = Licence.objects.filter(region=self.request.member.region)
        return sorted(set(given.values_list("brand_name", flat=True)))

    def _address(self) -> str:
        if self.application:
            return reverse("desk:licence_application", args=[self.application.pk])
        query = f"?renews={self.renews.number}" if self.renews else ""
        return f"{reverse('desk:licence_apply')}{query}"


def _from_licence(licence: Licence) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "brand_name": licence.brand_name,
        "uses": licence.uses,
        "trademark_classes": licence.trademark_classes,
    }
    for row in licence.covers.all():
        facts[f"product_{row.product_id}"] = True
        facts[f"quantity_{row.product_id}"] = row.quantity
    return facts
