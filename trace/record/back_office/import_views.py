"""Imports of events: upload, the report on each line, recording, and the file that was kept."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Count
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe
from wagtail.admin.views.generic import IndexView
from wagtail.admin.widgets.button import HeaderButton

from accounts.models import User
from lib.by_post import by_post
from record.importing.columns import COLUMNS, LABELS
from record.importing.export import write_empty, write_open
from record.importing.imports import RECORDABLE, check_again, keep_sheet, record_lines
from record.importing.sheet import MOST_BYTES, NotASheet
from record.models import EventImport, ImportLine

State = ImportLine.State
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
may_import: Callable[..., Any] = permission_required("record.add_event", raise_exception=True)


class SheetForm(forms.Form):
    """The spreadsheet."""

    file = forms.FileField(
        label=gettext_lazy("spreadsheet"),
        widget=forms.ClearableFileInput({"accept": ".xlsx,.csv"}),
        help_text=gettext_lazy("An .xlsx or .csv file of at most 2 MB and 1,000 lines."),
    )


class ListImports(IndexView):
    """Lists imports, with the way to a further one."""

    def get_base_queryset(self) -> Any:
        """Read who sent it along, and leave the files where they are."""
        return super().get_base_queryset().select_related("uploaded_by").defer("content")

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """Add uploading to Wagtail's own buttons."""
        button = HeaderButton(
            _("Import a spreadsheet"), url=reverse("record-imports:upload"), icon_name="upload"
        )
        return [button, *super().header_more_buttons]

    def get_edit_url(self, instance: EventImport) -> str:
        """Lead to the report instead of a form."""
        return reverse("record-imports:report", args=[instance.pk])


@may_import
def upload(request: HttpRequest) -> HttpResponse:
    """Take in a spreadsheet. It is checked and kept; nothing is recorded yet."""
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            kept = keep_sheet(
                name=file.name, content=file.read(MOST_BYTES + 1), user=_who(request), at=timezone.now()
            )
            return HttpResponseRedirect(reverse("record-imports:report", args=[kept.pk]))
        except NotASheet as error:
            form.add_error("file", str(error))
    context = {"form": form, "columns": [(each, LABELS[each.key]) for each in COLUMNS], **_frame()}
    return render(request, "record/admin/import_upload.html", context, status=400 if form.errors else 200)


@require_safe
@may_import
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what would become of each line, or what became of it."""
    source = get_object_or_404(EventImport.objects.defer("content").select_related("uploaded_by"), pk=pk)
    lines = source.lines.select_related("event__batch")
    counts = dict(lines.order_by().values_list("state").annotate(Count("pk")))
    context = {
        "source": source,
        "lines": lines,
        "counts": [(state.label, counts[state]) for state in State if state in counts],
        "recordable": sum(counts.get(state, 0) for state in RECORDABLE),
        "open": counts.get(State.FAULTY, 0),
        **_frame(source),
    }
    return render(request, "record/admin/import_report.html", context)


@by_post("record-imports:report")
@may_import
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the lines that can be."""
    count = record_lines(source=get_object_or_404(EventImport, pk=pk), user=_who(request), at=timezone.now())
    said = ngettext("%(count)d line recorded.", "%(count)d lines recorded.", count) % {"count": count}
    messages.success(request, said)
    return HttpResponseRedirect(reverse("record-imports:report", args=[pk]))


@by_post("record-imports:report")
@may_import
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Check the lines again: something may have been entered meanwhile."""
    check_again(source=get_object_or_404(EventImport, pk=pk), at=timezone.now())
    messages.success(request, _("Checked again."))
    return HttpResponseRedirect(reverse("record-imports:report", args=[pk]))


@require_safe
@may_import
def open_lines(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Download the lines that are still to be put right."""
    source = get_object_or_404(EventImport.objects.defer("content"), pk=pk)
    out = BytesIO()
    write_open(source.lines.filter(state=State.FAULTY), out)
    return _download(out, f"open-{source.pk}.xlsx", SHEET)


@require_safe
@may_import
def original(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Download the file as it was sent in."""
    source = get_object_or_404(EventImport, pk=pk)
    return _download(BytesIO(bytes(source.content)), source.name, "application/octet-stream")


@require_safe
@may_import
def empty_table(request: HttpRequest) -> HttpResponseBase:
    """Download the table to fill in."""
    out = BytesIO()
    write_empty(out)
    return _download(out, "events.xlsx", SHEET)


def _download(out: BytesIO, name: str, kind: str) -> FileResponse:
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=name, content_type=kind)


def _who(request: HttpRequest) -> User:
    """Return who is signed in; the permission was asked for before."""
    assert isinstance(request.user, User)  # noqa: S101
    return request.user


def _frame(source: EventImport | None = None) -> dict[str, Any]:
    title = source.name if source else gettext_lazy("Import a spreadsheet")
    return {
        "header_title": title,
        "page_title": title,
        "header_icon": "upload",
        "breadcrumbs_items": [
            {"url": reverse("record-imports:index"), "label": gettext_lazy("Imports of events")},
            {"url": "", "label": title},
        ],
    }
