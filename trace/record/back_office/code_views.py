"""Views of codes: found by serial, looked at, voided."""

from contextlib import suppress
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.widgets.button import Button, HeaderButton

from accounts.models import User
from lib.sscc import InvalidSscc, parse_sscc
from record.back_office.code_forms import ReasonForm
from record.back_office.forms import VoidForm
from record.codes.pins import unlock_pin
from record.codes.refusals import CodesRefused, NotVoidable
from record.codes.runs import NoSuchRun, run_number
from record.codes.serials import InvalidSerial, parse_serial
from record.codes.voiding import void_code
from record.models import Batch, Code, ScratchPin


class ListCodes(IndexView):
    """Lists codes. Searching is for whole names: a search inside millions of serials would read them all."""

    is_searchable = True

    def get_base_queryset(self) -> QuerySet[Code]:
        """Read batch and product along."""
        codes: QuerySet[Code] = super().get_base_queryset()
        return codes.select_related("batch", "product", "run")

    def search_queryset(self, queryset: QuerySet[Code]) -> QuerySet[Code]:
        """Return the code, or the codes of the lot, run or carton, that was typed."""
        return queryset.filter(**codes_asked_for(self.search_query)) if self.is_searching else queryset


def codes_asked_for(text: str) -> dict[str, Any]:
    """Return the filter for what was typed: a serial, an SSCC, a lot number or the number of a run."""
    with suppress(InvalidSerial):
        return {"serial": parse_serial(text)}
    with suppress(InvalidSscc):
        return {"carton__sscc": parse_sscc(text)}
    lots = list(Batch.objects.filter(lot=text.strip().upper()).values_list("pk", flat=True)[:50])
    if not lots:
        with suppress(NoSuchRun):
            return {"run": run_number(text)}
    return {"batch__in": lots}


class InspectCode(InspectView):
    """Shows a code with a way to void it."""

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Show the public page, and unlocking where somebody guessed."""
        url = reverse("trace-package", args=[self.object.serial])
        return [HeaderButton(_("Public page"), url=url, icon_name="view", icon_only=True), *self._unlock()]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Add voiding, while there is something to void."""
        if self.object.state == Code.State.VOIDED:
            return []
        url = reverse("record-codes:void", args=[self.object.pk])
        return [Button(_("Void"), url=url, icon_name="cross", priority=1)]

    def _unlock(self) -> list[HeaderButton]:
        """Offer to open the check of the PIN again, once somebody guessed at it."""
        pin = ScratchPin.objects.filter(code=self.object.pk).first()
        if pin is None or not pin.failures_in_all or self.object.state == Code.State.VOIDED:
            return []
        label = _("Unlock the PIN (%(count)d wrong)") % {"count": pin.failures_in_all}
        url = reverse("record-codes:unlock", args=[self.object.pk])
        return [HeaderButton(label, url=url, icon_name="key")]


def void(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, then void the code."""
    if not request.user.has_perm("record.change_code"):
        raise PermissionDenied
    code = get_object_or_404(Code, pk=pk)
    form = VoidForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            void_code(serial=code.serial, reason=reason, at=timezone.now(), by=cast("User", request.user))
            messages.success(request, _("The code is void. Whoever scans it is told why."))
            return HttpResponseRedirect(reverse("record-codes:inspect", args=[code.pk]))
        except NotVoidable:
            form.add_error(None, _("This code is void already."))
    context = {
        "code": code,
        "form": form,
        "header_title": _("Void"),
        "page_title": _("Void"),
        "page_subtitle": code.serial,
        "header_icon": "cross",
    }
    return render(request, "record/admin/void.html", context, status=400 if form.errors else 200)


def unlock(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, then open the check of the scratch PIN again."""
    if not request.user.has_perm("record.change_code"):
        raise PermissionDenied
    code = get_object_or_404(Code.objects.select_related("run", "batch"), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            unlock_pin(code=code, reason=reason, at=timezone.now(), by=cast("User", request.user))
            messages.success(request, _("The PIN can be checked again."))
            return HttpResponseRedirect(reverse("record-codes:inspect", args=[code.pk]))
        except CodesRefused as error:
            form.add_error(None, str(error))
    context = {
        "code": code,
        "form": form,
        "header_title": _("Unlock the PIN"),
        "page_title": _("Unlock the PIN"),
        "page_subtitle": code.serial,
        "header_icon": "key",
    }
    return render(request, "record/admin/unlock.html", context, status=400 if form.errors else 200)
