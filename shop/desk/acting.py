"""A desk page with several forms: a POST names one of them, the domain says yes or why not.

What is refused keeps what was typed and stands open; what is done leads back to the page with one sentence.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from shop.desk.gate import SellerRequest


@dataclass(frozen=True, slots=True)
class DeskForm:
    """A form of the page: how it is made, what it does and what the domain may refuse it with."""

    make: Callable[..., forms.Form]
    act: Callable[[forms.Form], str]


def acted(
    request: SellerRequest, offered: Mapping[str, DeskForm], *, refusals: tuple[type[Exception], ...]
) -> tuple[HttpResponse | None, dict[str, forms.Form]]:
    """Do what a POST asks; return the answer, or None with the forms to show.

    A name that is not offered (any more) is refused in words.
    """
    shown = {name: form.make(prefix=name) for name, form in offered.items()}
    name = request.POST.get("act", "") if request.method == "POST" else ""
    if not name:
        return None, shown
    if name not in offered:
        return HttpResponseRedirect(request.path), shown
    shown[name] = form = offered[name].make(request.POST, prefix=name)
    if form.is_valid():
        try:
            messages.success(request, offered[name].act(form))
            return HttpResponseRedirect(request.path), shown
        except refusals as refused:
            form.add_error(None, str(refused))
    return None, shown


def status_of(shown: Mapping[str, forms.Form]) -> int:
    """Return 400 where a form was refused."""
    return 400 if any(form.errors for form in shown.values() if form.is_bound) else 200


def refusals_of(shown: Mapping[str, forms.Form]) -> list[Any]:
    """Return the names of the forms that stand open because they were refused."""
    return [name for name, form in shown.items() if form.is_bound]
