"""Spreadsheets in the back office: sent in, looked at line by line, taken over; and taken along."""

from io import BytesIO
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permissions import register_permission_policy

from accounts.models import User
from brand.back_office.policies import LookedAtPolicy
from brand.back_office.tables import ListView
from lib.by_post import by_post
from lib.sheets import MOST_BYTES, NotASheet
from shop.models import SheetImport, SheetLine
from shop.sheets.columns import Kind
from shop.sheets.imports import check_again, keep_sheet, take_over
from shop.sheets.kinds import KINDS
from shop.sheets.writing import write_open, write_table

register_permission_policy(SheetImport, LookedAtPolicy(SheetImport))

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
State = SheetLine.State


class SheetForm(forms.Form):
    """The spreadsheet."""

    file = forms.FileField(
        label=gettext_lazy("spreadsheet"),
        widget=forms.ClearableFileInput({"accept": ".xlsx,.csv"}),
        help_text=gettext_lazy("An .xlsx or .csv file of at most 2 MB and 1,000 lines."),
    )


class ListImports(ListView):
    """Lists imports, with the way to further ones."""

    along = ("uploaded_by",)

    def get_base_queryset(self) -> Any:
        """Leave the files where they are."""
        return super().get_base_queryset().defer("content")

    @cached_property
    def header_buttons(self) -> list[Any]:
        """Offer a button for each kind of table the person may send in."""
        return [
            HeaderButton(kind.label, url=reverse("shop-sheets:upload", args=[kind.slug]), icon_name="upload")
            for kind in KINDS.values()
            if self.request.user.has_perm(kind.permission)
        ]

    def get_edit_url(self, instance: SheetImport) -> str:
        """Lead to the report instead of a form."""
        return reverse("shop-sheets:report", args=[instance.pk])


class SheetViewSet(ModelViewSet):
    """Tables that were sent in."""

    model = SheetImport
    name = "shop-sheets"
    icon = "upload"
    menu_label = gettext_lazy("Tables in and out")
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = ListImports
    exclude_form_fields: list[str] = []
    list_display = [
        "name",
        Column("kind", label=gettext_lazy("what it holds"), accessor=lambda row: KINDS[row.kind].label),
        DateColumn("uploaded_at", label=gettext_lazy("uploaded at")),
        Column("uploaded_by", label=gettext_lazy("uploaded by")),
        DateColumn("done_at", label=gettext_lazy("taken over at")),
    ]
    search_fields = ["name"]
    search_backend_name = None
    ordering = ["-pk"]

    def get_urlpatterns(self) -> list[Any]:
        """Add sending in, the report and the tables to take along."""
        return [
            *super().get_urlpatterns(),
            path("upload/<slug:slug>/", upload, name="upload"),
            path("<slug:slug>.xlsx", table, name="table"),
            path("<int:pk>/", report, name="report"),
            path("<int:pk>/take/", take, name="take"),
            path("<int:pk>/check/", check, name="check"),
            path("<int:pk>/open.xlsx", open_lines, name="open"),
            path("<int:pk>/file/", original, name="original"),
        ]


def upload(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a table in. It is checked and kept; nothing is changed yet."""
    kind = _kind(request, slug)
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            kept = keep_sheet(
                kind=kind,
                name=file.name,
                content=file.read(MOST_BYTES + 1),
                user=_who(request),
                at=timezone.now(),
            )
        except NotASheet as error:
            form.add_error("file", str(error))
        else:
            return HttpResponseRedirect(reverse("shop-sheets:report", args=[kept.pk]))
    context = {"form": form, "kind": kind, **_frame(str(kind.label))}
    return render(request, "shop/admin/sheet_upload.html", context, status=400 if form.errors else 200)


@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what would become of each line, or what became of it."""
    source, kind = _source(request, pk)
    counts = dict(source.lines.order_by().values_list("state").annotate(Count("pk")))
    context = {
        "source": source,
        "kind": kind,
        "lines": [
            (line, [line.cells.get(column.key, "") for column in kind.columns]) for line in source.lines.all()
        ],
        "counts": [(state.label, counts[state]) for state in State if state in counts],
        "ready": counts.get(State.READY, 0),
        "open": counts.get(State.FAULTY, 0),
        **_frame(source.name),
    }
    return render(request, "shop/admin/sheet_report.html", context)


@by_post("shop-sheets:report")
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take over what can be."""
    source, kind = _source(request, pk)
    count = take_over(source=source, kind=kind, user=_who(request), at=timezone.now())
    said = ngettext("%(count)d line taken over.", "%(count)d lines taken over.", count) % {"count": count}
    messages.success(request, said)
    return HttpResponseRedirect(reverse("shop-sheets:report", args=[pk]))


@by_post("shop-sheets:report")
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Check the lines again: something may have been entered meanwhile."""
    source, kind = _source(request, pk)
    check_again(source=source, kind=kind, at=timezone.now())
    messages.success(request, _("Checked again."))
    return HttpResponseRedirect(reverse("shop-sheets:report", args=[pk]))


@require_safe
def open_lines(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Download the lines that are still to be put right."""
    source, kind = _source(request, pk)
    out = BytesIO()
    write_open(kind, source.lines.filter(state=State.FAULTY), out)
    return _download(out, f"open-{source.pk}.xlsx", SHEET)


@require_safe
def original(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Download the file as it was sent in."""
    source, _of = _source(request, pk)
    return _download(BytesIO(bytes(source.content)), source.name, "application/octet-stream")


@require_safe
def table(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Download what there is, in the columns it is sent in with; `?empty` for the headings alone."""
    kind = _kind(request, slug)
    out = BytesIO()
    write_table(kind, () if "empty" in request.GET or kind.export is None else kind.export(), out)
    return _download(out, f"{kind.slug}.xlsx", SHEET)


def _kind(request: HttpRequest, slug: str) -> Kind:
    if slug not in KINDS:
        raise Http404
    if not request.user.has_perm(KINDS[slug].permission) or not request.user.has_perm(
        "fengtu_shop.add_sheetimport"
    ):
        raise PermissionDenied
    return KINDS[slug]


def _source(request: HttpRequest, pk: int) -> tuple[SheetImport, Kind]:
    source = get_object_or_404(SheetImport.objects.select_related("uploaded_by"), pk=pk)
    return source, _kind(request, source.kind)


def _who(request: HttpRequest) -> User:
    return cast("User", request.user)


def _download(out: BytesIO, name: str, kind: str) -> FileResponse:
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=name, content_type=kind)


def _frame(title: str) -> dict[str, Any]:
    return {
        "breadcrumbs_items": [
            {"url": reverse("shop-sheets:index"), "label": _("Tables in and out")},
            {"url": "", "label": title},
        ],
        "header_title": title,
        "page_title": title,
        "header_icon": "upload",
    }
