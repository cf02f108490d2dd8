"""Clone alerts in the back office: listed, looked at with the scans, dismissed or confirmed."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from lib.by_post import by_post
from record.back_office.policies import IssuedPolicy
from record.clones.decide import AlertIsClosed, DecisionNeedsNote, confirm_alert, dismiss_alert
from record.clones.wording import sentence
from record.models import CloneAlert, Scan

NEWEST = 50  # scans shown beside an alert

register_permission_policy(CloneAlert, IssuedPolicy(CloneAlert))


class DecisionForm(forms.Form):
    """What was found out."""

    note = forms.CharField(
        label=gettext_lazy("what was found"),
        max_length=120,
        help_text=gettext_lazy("Buyers read it when the code is voided."),
    )


class ListAlerts(IndexView):
    """Lists alerts, open ones first."""

    def get_base_queryset(self) -> QuerySet[CloneAlert]:
        """Read code and product along."""
        alerts: QuerySet[CloneAlert] = super().get_base_queryset()
        return alerts.select_related("code__product", "code__batch")

    def get_edit_url(self, instance: CloneAlert) -> str:
        """Lead to the page the alert is decided on."""
        return reverse("record-clones:decide", args=[instance.pk])


class CloneAlertViewSet(ModelViewSet):
    """Signs of copied codes."""

    model = CloneAlert
    name = "record-clones"
    icon = "warning"
    menu_label = gettext_lazy("Clone alerts")
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = ListAlerts
    exclude_form_fields: list[str] = []
    list_display = [
        "code",
        Column("product", label=gettext_lazy("product"), accessor="code.product"),
        "rule",
        "state",
        "opened_at",
    ]
    list_filter = {"state": ["exact"], "rule": ["exact"], "code__product": ["exact"]}
    search_fields = ["code__serial", "code__product__name", "code__batch__lot"]
    search_backend_name = None
    ordering = ["-state", "-opened_at"]  # "open" is the last of the three by letter

    def get_urlpatterns(self) -> list[Any]:
        """Add the page of an alert and the two decisions. The policy closes the usual forms."""
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/", show, name="decide"),
            path("<int:pk>/dismiss/", dismiss, name="dismiss"),
            path("<int:pk>/confirm/", confirm, name="confirm"),
        ]


def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what gave the code away, and its scans."""
    if not request.user.has_perm("record.view_clonealert"):
        raise PermissionDenied
    return _page(request, _found(pk), DecisionForm())


@by_post("record-clones:decide")
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """Call it harmless."""
    return _decide(request, pk, dismiss_alert, _("The code is trusted again."))


@by_post("record-clones:decide")
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Call it copied; the code is void."""
    return _decide(request, pk, confirm_alert, _("The code is void. Whoever scans it is told why."))


def _decide(request: HttpRequest, pk: int, act: Callable[..., None], done: str) -> HttpResponse:
    if not request.user.has_perm("record.change_clonealert"):
        raise PermissionDenied
    alert, form = _found(pk), DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, alert, form)
    try:
        act(alert=alert, note=form.cleaned_data["note"], by=request.user, at=timezone.now())
    except AlertIsClosed:
        form.add_error(None, _("Somebody decided on this alert a moment ago."))
        return _page(request, _found(pk), form)
    except DecisionNeedsNote:
        form.add_error("note", _("Say what was found."))
        return _page(request, alert, form)
    messages.success(request, done)
    return HttpResponseRedirect(reverse("record-clones:decide", args=[pk]))


def _found(pk: int) -> CloneAlert:
    alerts = CloneAlert.objects.select_related("code__product", "code__batch", "closed_by")
    return get_object_or_404(alerts, pk=pk)


def _page(request: HttpRequest, alert: CloneAlert, form: DecisionForm) -> HttpResponse:
    scans = Scan.objects.filter(code=alert.code_id).order_by("-at")[:NEWEST]
    context = {
        "alert": alert,
        "code": alert.code,
        "sentence": sentence(alert),
        "scans": scans,
        "form": form,
        "breadcrumbs_items": [
            {"url": reverse("record-clones:index"), "label": gettext_lazy("Clone alerts")},
            {"url": "", "label": alert.code.serial},
        ],
        "header_title": alert.get_rule_display(),
        "page_title": alert.get_rule_display(),
        "page_subtitle": alert.code.serial,
        "header_icon": "warning",
    }
    return render(request, "record/admin/clone.html", context, status=400 if form.errors else 200)
