"""The page of an application: what was asked, what was found, what can be done now."""

from typing import Any, cast

from django import forms as django_forms
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from brand.back_office.act_desk import Act, ActDesk
from brand.back_office.licensing import forms
from brand.licences.applications.moving import AlreadyMoved
from brand.licences.applications.review import NoRemark, accept_application, return_application
from brand.licences.applications.trail import trail_of
from brand.licences.decisions import (
    DecisionRefused,
    license_application,
    reasons_against_licence,
    refuse_application,
)
from brand.licences.publicity.publishing import publish_application
from brand.licences.rules import rules_of
from brand.licences.site_checks.recording import CheckRefused, record_site_check
from brand.licences.uses import use_names
from brand.members.interests import ConflictOfInterest, has_interest
from brand.models import LicenceApplication
from lib.nice import CLASSES

State = LicenceApplication.State
# what can be done in which state; the first is what most likely comes next
POSSIBLE = {
    State.SUBMITTED: ["accept", "send_back", "refuse"],
    State.ACCEPTED: ["visit", "send_back", "refuse"],
    State.CHECKED: ["publish", "send_back", "refuse"],
    State.PUBLICITY: ["give", "send_back", "refuse"],
}


class ApplicationDesk(ActDesk):
    """Everything that is done with one application, from its papers to the decision."""

    template = "brand/admin/licensing/application.html"
    may_look, may_act = "brand.view_licenceapplication", "brand.change_licenceapplication"
    refusals = (AlreadyMoved, NoRemark, CheckRefused, DecisionRefused, ConflictOfInterest)
    acts = {
        "accept": Act(
            forms.AcceptForm,
            gettext_lazy("Take it on"),
            gettext_lazy("The papers are in order. Next comes the site check."),
            gettext_lazy("Take the application on"),
        ),
        "send_back": Act(
            forms.SendBackForm,
            gettext_lazy("Send it back"),
            gettext_lazy("The member sees each remark beside its field, corrects it and sends it again."),
            gettext_lazy("Send the application back"),
        ),
        "visit": Act(
            forms.SiteCheckForm,
            gettext_lazy("Record the site check"),
            gettext_lazy("What was looked at and found. It cannot be changed afterwards."),
            gettext_lazy("Keep the record"),
        ),
        "publish": Act(
            forms.PublishForm,
            gettext_lazy("Begin the publicity"),
            gettext_lazy("Member, products and uses stand on the public page; anybody may object."),
            gettext_lazy("Make it public"),
        ),
        "give": Act(
            forms.GiveForm,
            gettext_lazy("Give the licence"),
            gettext_lazy("It gets its number; the certificate can be printed at once."),
            gettext_lazy("Give the licence now"),
        ),
        "refuse": Act(
            forms.RefuseForm,
            gettext_lazy("Refuse it"),
            gettext_lazy("For good. The member may apply anew."),
            gettext_lazy("Refuse the application"),
            serious=True,
        ),
    }

    def find(self, pk: int) -> None:
        """Read the application; drafts are the member's own."""
        related = ("member", "region", "renews", "licence", "applicant", "decided_by")
        sent = LicenceApplication.objects.exclude(number=None).select_related(*related)
        self.application = get_object_or_404(sent, pk=pk)

    @property
    def url(self) -> str:
        """The address of the page."""
        return reverse("brand-licence-applications:desk", args=[self.application.pk])

    @property
    def is_own(self) -> bool:
        """Whether whoever looks belongs to the member, and so decides nothing here."""
        user = cast("User", self.request.user)
        return self.application.applicant_id == user.pk or has_interest(user, member=self.application.member)

    def possible(self) -> list[str]:
        """Return what the state allows, nothing to the member's own people."""
        return [] if self.is_own else POSSIBLE.get(State(self.application.state), [])

    def first(self) -> str:
        """Return what most likely comes next."""
        return next(iter(self.possible()), "")

    def form_options(self, act: str) -> dict[str, Any]:
        """Give the form the version that is looked at."""
        return {"version": self.application.version}

    def _refuse(self, act: str, form: django_forms.Form) -> HttpResponseBase:
        """Show the page as it is now; what was typed can be sent again, knowing that."""
        data = self.request.POST.copy()
        data[form.add_prefix("seen")] = str(self.application.version)
        form.data = data
        return super()._refuse(act, form)

    def accept(self, form: forms.AcceptForm) -> str:
        """Take it on."""
        self._do(accept_application, form, note=form.cleaned_data["note"])
        return _("Taken on. The member was told.")

    def send_back(self, form: forms.SendBackForm) -> str:
        """Send it back."""
        self._do(return_application, form, remarks=form.remarks(), note=form.cleaned_data["note"])
        return _("Sent back. The member was told.")

    def visit(self, form: forms.SiteCheckForm) -> str:
        """Record the site check."""
        names = ("checked_on", "place", "checked_by", "words", "photos")
        facts = {name: form.cleaned_data[name] for name in names}
        passed = form.cleaned_data["passed"] == "yes"
        self._do(record_site_check, form, findings=form.findings(), passed=passed, **facts)
        return _("The site check is recorded.")

    def publish(self, form: forms.PublishForm) -> str:
        """Begin the publicity."""
        self._do(publish_application, form)
        return _("It is public to %(day)s.") % {"day": self.application.publicity_to}

    def give(self, form: forms.GiveForm) -> str:
        """Give the licence."""
        licence = self._do(license_application, form)
        return _("The licence %(number)s is given.") % {"number": licence.number}

    def refuse(self, form: forms.RefuseForm) -> str:
        """Refuse it."""
        self._do(refuse_application, form, reason=form.cleaned_data["reason"])
        return _("Refused. The member was told why.")

    def _do(self, act: Any, form: forms.SeenForm, **facts: Any) -> Any:
        seen = form.cleaned_data["seen"]
        return act(application=self.application, by=self.by, at=self.now, seen=seen, **facts)

    def context(self) -> dict[str, Any]:
        """Return the application with everything that was said about it."""
        application, today = self.application, timezone.localdate()
        return {
            "application": application,
            "is_own": self.is_own,
            "overdue": application.is_overdue(on=today),
            "against": self._against(),
            "wanted": application.wanted.select_related("product"),
            "uses": use_names(application.uses),
            "classes": [(number, CLASSES[number]) for number in application.trademark_classes],
            "papers": application.papers.all(),
            "checks": application.site_checks.select_related("checker").prefetch_related("photos"),
            "objections": application.objections.prefetch_related("files"),
            "steps": trail_of(application, with_people=True),
            "breadcrumbs_items": [
                {
                    "url": reverse("brand-licence-applications:index"),
                    "label": gettext_lazy("Licence applications"),
                },
                {"url": "", "label": str(application)},
            ],
            "header_title": gettext_lazy("Licence application"),
            "page_title": gettext_lazy("Licence application"),
            "page_subtitle": f"{application.number} · {application.member}",
            "header_icon": "clipboard-list",
        }

    def _against(self) -> list[str]:
        """Return what stands between a public application and its licence, before anybody tries."""
        if self.application.state != State.PUBLICITY:
            return []
        return reasons_against_licence(
            self.application,
            by=cast("User", self.request.user),
            on=timezone.localdate(),
            rules=rules_of(self.application.region),
        )
