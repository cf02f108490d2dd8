"""A page of the back office from which one thing is acted upon: what may be done, one domain call per act."""

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
from django.utils.functional import Promise
from django.views import View

from accounts.models import User
from brand.members.interests import ConflictOfInterest


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that can be done here: the form that asks for what it needs, and the words around it.

    Without words a template of its own says them. `permission` is for an act that asks for another right
    than the rest of its desk.
    """

    form: type[forms.Form]
    heading: Promise | str = ""
    hint: Promise | str = ""
    button: Promise | str = ""
    serious: bool = False
    permission: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """An act that is possible now, with its form."""

    name: str
    act: Act
    form: forms.Form
    open: bool


class ActDesk(View):
    """Shows a thing with the forms of what can be done now; a POST names one act.

    A subclass has a method for each act: it takes the valid form, makes the domain call and returns the
    sentence that says what was done, or an answer of its own. What the domain refuses (`refusals`) is said
    above and beside the form. Templates go through `offers`, or pick from `forms` by name.
    """

    template: ClassVar[str]
    acts: ClassVar[Mapping[str, Act]]
    may_look: ClassVar[str]
    may_act: ClassVar[str] = ""
    refusals: ClassVar[tuple[type[Exception], ...]] = (ConflictOfInterest,)

    def get(self, request: HttpRequest, pk: int, act: str = "") -> HttpResponseBase:
        """Show the page, also to who reloads it after an act was refused or comes back from signing in."""
        self._admit(self.may_look)
        self.find(pk)
        return HttpResponseRedirect(self.url) if act else self._page()

    def post(self, request: HttpRequest, pk: int, act: str = "") -> HttpResponseBase:
        """Do what is asked, or say why not."""
        if act not in self.acts:
            raise Http404
        self._admit(self._right(act))
        self.find(pk)
        form = self.form(act, request.POST, request.FILES)
        if not form.is_valid():
            return self._refuse(act, form)
        self.now, self.by = timezone.now(), cast("User", request.user)
        try:
            done = getattr(self, act)(form)
        except self.refusals as error:
            for reason in self.reasons(error):
                form.add_error(None, reason)
            self.find(pk)  # it may have changed meanwhile
            return self._refuse(act, form)
        if isinstance(done, HttpResponseBase):
            return done
        messages.success(request, done)
        return HttpResponseRedirect(self.url)

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

    def possible(self) -> list[str]:
        """Return the names of the acts that are possible now: all, unless a state says otherwise."""
        return list(self.acts)

    def reasons(self, error: Exception) -> list[str]:
        """Return what the domain refused with, a sentence each."""
        return [str(reason) for reason in getattr(error, "reasons", None) or [error]]

    def first(self) -> str:
        """Return the act that is most likely next: its form stands open."""
        return ""

    def form_options(self, act: str) -> dict[str, Any]:
        """Return what the form of an act is made with."""
        return {}

    def context(self) -> dict[str, Any]:
        """Return what the template shows."""
        return {}

    def form(self, act: str, data: Any = None, files: Any = None) -> forms.Form:
        """Return the form of an act; its fields are told apart by the act's name."""
        return self.acts[act].form(data, files, prefix=act, **self.form_options(act))

    def _refuse(self, act: str, form: forms.Form) -> HttpResponseBase:
        """Show the page with what stands in the way; on top as well, because the form may be far below."""
        reasons = (str(reason) for reasons in form.errors.values() for reason in reasons)
        messages.error(self.request, " ".join(reasons))
        return self._page(act, form)

    def _admit(self, permission: str) -> None:
        if not self.request.user.has_perm(permission):
            raise PermissionDenied

    def _right(self, act: str) -> str:
        return self.acts[act].permission or self.may_act

    def _offers(self, failed: str, filled: forms.Form | None) -> list[Offer]:
        names = [name for name in self.possible() if self.request.user.has_perm(self._right(name))]
        if failed and failed not in names:
            names = [failed, *names]  # what was typed stays to be read, though the act is no longer possible
        return [
            Offer(
                name,
                self.acts[name],
                filled if filled is not None and name == failed else self.form(name),
                open=name in {failed, self.first()},
            )
            for name in names
        ]

    def _page(self, failed: str = "", filled: forms.Form | None = None) -> HttpResponseBase:
        offers = self._offers(failed, filled)
        context = {
            "offers": offers,
            "forms": {offer.name: offer.form for offer in offers},
            "failed": failed,
            "act_url": self.url,
            **self.context(),
        }
        return render(self.request, self.template, context, status=400 if failed else 200)
