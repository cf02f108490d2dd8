"""Erasing names on request: find the events, see how many, erase."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.views.generic import IndexView
from wagtail.admin.widgets.button import HeaderButton

from accounts.models import User
from record.erasure import NothingToErase, erase_name, events_naming

SHOWN = 50


class EraseForm(forms.Form):
    """Whose name, and why."""

    name = forms.CharField(label=_("Name, exactly as it stands in the events"), max_length=60)
    reason = forms.CharField(
        label=_("On what grounds"),
        max_length=200,
        help_text=_("For instance: asked for in writing on 20 November. Do not repeat the name here."),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse grounds that would keep the name after all."""
        data = super().clean() or self.cleaned_data
        if data.get("name") and data["name"] in data.get("reason", ""):
            self.add_error("reason", _("The grounds repeat the name; it would stay on record."))
        return data


class ListErasures(IndexView):
    """Lists what was erased, with a way to erase."""

    def get_base_queryset(self) -> Any:
        """Read event, batch and user along."""
        return super().get_base_queryset().select_related("event__batch", "by")

    @cached_property
    def header_buttons(self) -> list[Any]:
        """Add the act to Wagtail's own buttons."""
        if not self.request.user.has_perm("record.add_nameerasure"):
            return []
        url = reverse("record-erasures:erase")
        return [HeaderButton(_("Erase a name"), url=url, icon_name="user", priority=1)]


def erase(request: HttpRequest) -> HttpResponse:
    """Show which events name the person; with the second click, erase."""
    if not request.user.has_perm("record.add_nameerasure"):
        raise PermissionDenied
    form, user = EraseForm(request.POST or None), cast("User", request.user)
    found = events_naming(form.data.get("name", "")) if form.is_bound else None
    if form.is_valid() and "confirm" in request.POST:
        try:
            count = erase_name(
                name=form.cleaned_data["name"],
                reason=form.cleaned_data["reason"],
                at=timezone.now(),
                by=user,
            )
            told = ngettext("Erased in %(count)d event.", "Erased in %(count)d events.", count)
            messages.success(request, told % {"count": count})
            return HttpResponseRedirect(reverse("record-erasures:index"))
        except NothingToErase:
            form.add_error("name", _("No event names this person."))
    elif form.is_valid() and found is not None and not found.exists():
        form.add_error("name", _("No event names this person."))
    context = {
        "form": form,
        "events": found[:SHOWN] if found is not None and form.is_valid() else (),
        "count": found.count() if found is not None and form.is_valid() else 0,
        "header_title": _("Erase a name"),
        "page_title": _("Erase a name"),
        "header_icon": "user",
        "breadcrumbs_items": [
            {"url": reverse("record-erasures:index"), "label": _("Erased names")},
            {"url": "", "label": _("Erase a name")},
        ],
    }
    return render(request, "record/admin/erase.html", context, status=400 if form.errors else 200)
