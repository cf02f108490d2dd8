"""A page in the back office from which packaging is acted upon: forms, one domain call per act."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views import View

from accounts.models import User
from brand.members.interests import ConflictOfInterest
from brand.packaging.refusals import PackagingRefused


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that can be done here: who may, and the form that asks for what it needs."""

    permission: str
    form: type[forms.Form]


class ActDesk(View):
    """Shows a thing with the forms of its acts; a POST names one act.

    A subclass has a method for each act: it takes the valid form, makes the domain call and returns the
    sentence that says what was done.
    """

    template: ClassVar[str]
    acts: ClassVar[Mapping[str, Act]]
    may_look: ClassVar[str]

    def get(self, request: HttpRequest, pk: int, act: str = "") -> HttpResponseBase:
        """Show the page, also to who reloads it after an act was refused or comes back from signing in."""
        self._admit(self.may_look)
        self.find(pk)
        return HttpResponseRedirect(self.url) if act else self._page()

    def post(self, request: HttpRequest, pk: int, act: str = "") -> HttpResponseBase:
        """Do what is asked, or say why not."""
        if act not in self.acts:
            raise Http404
        self._admit(self.acts[act].permission)
        self.find(pk)
        form = self.form(act, request.POST)
        if not form.is_valid():
            return self._refuse(act, form)
        self.now, self.by = timezone.now(), cast("User", request.user)
        try:
            done = getattr(self, act)(form)
        except PackagingRefused as error:
            for reason in error.reasons:
                form.add_error(None, str(reason))
        except ConflictOfInterest as error:
            form.add_error(None, str(error))
        if form.errors:
            self.find(pk)  # as it stands now: somebody else may have been first
            return self._refuse(act, form)
        messages.success(request, done)
        return HttpResponseRedirect(self.url)

    def _refuse(self, act: str, form: forms.Form) -> HttpResponseBase:
        """Show the page with what stands in the way; on top as well, because the form may be far below."""
        reasons = (str(reason) for reasons in form.errors.values() for reason in reasons)
        messages.error(self.request, " ".join(reasons))
        return self._page(act, form)

    def find(self, pk: int) -> None:
        """Read the thing.

        Raises:
            Http404: there is none.
        """
        raise NotImplementedError

    @property
    def url(self) -> str:
        """The address of the page."""
        raise NotImplementedError

    def open_acts(self) -> set[str]:
        """Return what can be done with the thing as it stands."""
        return set(self.acts)

    def form_options(self, act: str) -> dict[str, Any]:
        """Return what the form of an act is made with."""
        return {}

    def context(self) -> dict[str, Any]:
        """Return what the template shows."""
        return {}

    def form(self, act: str, data: Any = None) -> forms.Form:
        """Return the form of an act; its fields are told apart by the act's name."""
        return self.acts[act].form(data, prefix=act, **self.form_options(act))

    def _admit(self, permission: str) -> None:
        if not self.request.user.has_perm(permission):
            raise PermissionDenied

    def _page(self, act: str = "", filled: forms.Form | None = None) -> HttpResponseBase:
        open_acts = self.open_acts()
        shown = {
            name: filled if filled is not None and name == act else self.form(name)
            for name, known in self.acts.items()
            if name in open_acts and self.request.user.has_perm(known.permission)
        }
        context = {"forms": shown, "failed": act, "act_url": self.url, **self.context()}
        return render(self.request, self.template, context, status=400 if act else 200)
