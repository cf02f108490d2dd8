"""Views of codes: found by serial, looked at, voided."""

from typing import Any

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
from wagtail.admin.widgets.button import Button

from record.back_office.forms import VoidForm
from record.codes import NotVoidable, void_code
from record.models import Code
from record.serials import InvalidSerial, parse_serial


class ListCodes(IndexView):
    """Lists codes. Searching is for one serial: a search inside millions of them would read them all."""

    is_searchable = True

    def get_base_queryset(self) -> QuerySet[Code]:
        """Read batch and product along."""
        codes: QuerySet[Code] = super().get_base_queryset()
        return codes.select_related("batch", "product")

    def search_queryset(self, queryset: QuerySet[Code]) -> QuerySet[Code]:
        """Return the one code that was typed."""
        if not self.is_searching:
            return queryset
        try:
            return queryset.filter(serial=parse_serial(self.search_query))
        except InvalidSerial:
            return queryset.none()


class InspectCode(InspectView):
    """Shows a code with a way to void it."""

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """Add voiding and the public page to Wagtail's own buttons."""
        page = Button(
            _("Public page"), url=reverse("trace-package", args=[self.object.serial]), icon_name="view"
        )
        if self.object.state == Code.State.VOIDED:
            return [page]
        url = reverse("record-codes:void", args=[self.object.pk])
        return [Button(_("Void"), url=url, icon_name="cross", priority=1), page]


def void(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, then void the code."""
    if not request.user.has_perm("record.change_code"):
        raise PermissionDenied
    code = get_object_or_404(Code, pk=pk)
    form = VoidForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            void_code(serial=code.serial, reason=form.cleaned_data["reason"], at=timezone.now())
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
