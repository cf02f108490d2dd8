"""Consumer reports in the back office: listed by state, read with their photos, handled step by step."""

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from record.back_office.policies import IssuedPolicy
from record.models import ConsumerReport, ReportPhoto
from record.reports.handle import NEXT, AnswerNeedsWords, StepRefused, handle_report

if TYPE_CHECKING:
    from accounts.models import User

register_permission_policy(ConsumerReport, IssuedPolicy(ConsumerReport))


class StepForm(forms.Form):
    """The next step of a report; `seen` is the state it was in when the page was opened."""

    state = forms.ChoiceField(label=gettext_lazy("state"))
    reply = forms.CharField(
        label=gettext_lazy("told to the buyer"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy(
            "Stands under the receipt number. Say what you found and what the buyer does now."
        ),
    )
    note = forms.CharField(
        label=gettext_lazy("note for ourselves"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, report: ConsumerReport, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"seen": report.state})
        super().__init__(*args, **kwargs)
        choices = [(state.value, state.label) for state in NEXT[report.state]]
        self.fields["state"] = forms.ChoiceField(label=gettext_lazy("state"), choices=choices)


class ListReports(IndexView):
    """Lists reports, newest first."""

    def get_base_queryset(self) -> QuerySet[ConsumerReport]:
        """Read what is shown along."""
        reports: QuerySet[ConsumerReport] = super().get_base_queryset()
        return reports.select_related("product", "batch", "region")

    def get_edit_url(self, instance: ConsumerReport) -> str:
        """Lead to the page the report is handled on."""
        return reverse("record-reports:handle", args=[instance.pk])


class ConsumerReportViewSet(ModelViewSet):
    """What buyers report."""

    model = ConsumerReport
    name = "record-reports"
    icon = "comment"
    menu_label = gettext_lazy("Consumer reports")
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = ListReports
    exclude_form_fields: list[str] = []
    list_display = ["__str__", "state", "product", "batch", "serial", "region"]
    list_filter = {
        "state": ["exact"],
        "kind": ["exact"],
        "region": ["exact"],
        "product": ["exact"],
        "created_at": ["gte", "lte"],
    }
    search_fields = ["text", "serial", "batch__lot", "product__name"]
    search_backend_name = None
    ordering = ["-created_at"]

    def get_urlpatterns(self) -> list[Any]:
        """Add handling and the photos. The policy closes the usual forms."""
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/", handle, name="handle"),
            path("photos/<int:pk>/", photo, name="photo"),
        ]


def handle(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a report; posted, take the next step."""
    if not request.user.has_perm("record.view_consumerreport"):
        raise PermissionDenied
    report = _found(pk)
    if request.method != "POST":
        return _page(request, report, StepForm(report=report))
    if not request.user.has_perm("record.change_consumerreport"):
        raise PermissionDenied
    form = StepForm(request.POST, report=report)
    if not form.is_valid():
        return _page(request, report, form)
    facts = {name: form.cleaned_data[name] for name in ("state", "reply", "note")}
    report.state = form.cleaned_data["seen"]
    try:
        handle_report(report=report, by=cast("User", request.user), at=timezone.now(), **facts)
    except (StepRefused, KeyError):
        form.add_error(None, _("Somebody handled this report meanwhile. Look at what they did first."))
    except AnswerNeedsWords:
        form.add_error("reply", _("Tell the buyer something before you answer or close it."))
    else:
        messages.success(request, _("The step is kept. The buyer sees it under the receipt number."))
        return HttpResponseRedirect(reverse("record-reports:handle", args=[pk]))
    return _page(request, _found(pk), form)


@require_safe
def photo(request: HttpRequest, pk: int) -> FileResponse:
    """Show a photo of a report to who handles reports, and to nobody else."""
    if not request.user.has_perm("record.view_consumerreport"):
        raise PermissionDenied
    found = get_object_or_404(ReportPhoto, pk=pk)
    response = FileResponse(found.file.open(), content_type="image/jpeg")
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _found(pk: int) -> ConsumerReport:
    reports = ConsumerReport.objects.select_related("region", "product", "batch__product")
    return get_object_or_404(reports, pk=pk)


def _page(request: HttpRequest, report: ConsumerReport, form: StepForm) -> HttpResponse:
    context = {
        "report": report,
        "form": form if NEXT[report.state] else None,
        "steps": report.steps.select_related("by"),
        "photos": report.photos.all(),
        "breadcrumbs_items": [
            {"url": reverse("record-reports:index"), "label": gettext_lazy("Consumer reports")},
            {"url": "", "label": str(report)},
        ],
        "header_title": report.get_kind_display(),
        "page_title": report.get_kind_display(),
        "page_subtitle": str(report.product or report.serial),
        "header_icon": "comment",
    }
    return render(request, "record/admin/consumer_report.html", context, status=400 if form.errors else 200)
