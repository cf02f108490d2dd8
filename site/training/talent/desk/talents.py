"""One profile of the pool, in the back office: looked at, which is written down; taken out with a reason."""

from dataclasses import replace
from typing import Any, cast

from django import forms
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import User
from brand.acts.models import acts_on
from brand.acts.words import Said, said
from brand.back_office.act_desk import Act, ActDesk
from training.counties import counties_of
from training.models import ContactRequest, Talent, TalentLook
from training.talent.desk.forms import WhyForm
from training.talent.joining import take_out
from training.talent.looking import look_by_office
from training.talent.proofs import proofs_of
from training.talent.refusals import TalentRefused
from training.talent.searching import abilities

MOST = 20


class TalentDesk(ActDesk):
    """One person in the pool."""

    template = "training/admin/talent/talent.html"
    may_look, may_act = "training.view_talent", "training.change_talent"
    refusals = (TalentRefused,)
    acts = {
        "take_out": Act(
            WhyForm,
            gettext_lazy("Take out of the pool"),
            gettext_lazy("The profile is deleted and open requests are closed. The person is told why."),
            pgettext_lazy("talent pool", "Take out"),
            serious=True,
        )
    }

    def find(self, pk: int) -> None:
        """Read the profile."""
        here = Talent.objects.filter(region__in=counties_of(self.request.user))
        rows = here.select_related("trainee__user", "region", "consent")
        self.talent = get_object_or_404(rows.prefetch_related("abilities", "interests"), pk=pk)

    @property
    def url(self) -> str:
        """The address of the page."""
        return reverse("training-talent:desk", args=[self.talent.pk])

    def take_out(self, form: forms.Form) -> HttpResponseBase:
        """Take the person out; there is no page to come back to."""
        take_out(trainee=self.talent.trainee, why=form.cleaned_data["why"], by=self.by, at=self.now)
        return redirect("training-talent:index")

    def context(self) -> dict[str, Any]:
        """Return the profile, who looked and asked, and its trail; write down that the office reads it.

        Here, because a refused act shows the page as well: the trainee reads of every look.
        """
        talent, by = self.talent, cast("User", self.request.user)
        look_by_office(talent=talent, by=by, at=timezone.now())
        mine = {"trainee": talent.trainee}
        return {
            "talent": talent,
            "abilities": abilities(talent, proofs_of([talent])[talent.pk]),
            "requests": ContactRequest.objects.filter(**mine).select_related("member")[:MOST],
            "looks": TalentLook.objects.filter(**mine).select_related("member")[:MOST],
            "history": self._history(),
            **head(_("Talent pool"), "training-talent:index", talent.trainee.name),
        }

    def _history(self) -> list[Said]:
        """Return the trail; the person's own acts under their name: an account is called by its number."""
        trainee, acts = self.talent.trainee, list(acts_on(self.talent.trainee))
        told = zip(acts, said(acts), strict=True)
        return [replace(one, by=trainee.name) if act.by_id == trainee.user_id else one for act, one in told]


def head(area: str, index: str, title: str) -> dict[str, Any]:
    """Return what the head of such a page shows."""
    return {
        "breadcrumbs_items": [{"url": reverse(index), "label": area}, {"url": "", "label": title}],
        "header_title": title,
        "page_title": title,
        "header_icon": "group",
    }
