"""Pages of the trademark register beside its forms: the table, its workbook, filing, renewing, the papers."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from django.views.decorators.http import require_safe

from brand.back_office.trademark_forms import ClassesForm, RenewForm
from brand.models import Filing, FilingPaper, Region, Trademark
from brand.trademarks.acts import LIVING, CannotRenew, file_in_classes, renew
from brand.trademarks.export import CONTENT_TYPE
from brand.trademarks.export import workbook as written
from brand.trademarks.matrix import matrix
from brand.trademarks.standing import STANDINGS
from brand.trademarks.terms import renewed


@require_safe
def show_matrix(request: HttpRequest) -> HttpResponse:
    """Show the 45 classes down and the trademarks across, of one county at a time."""
    if not request.user.has_perm("brand.view_filing"):
        raise PermissionDenied
    regions = list(Region.objects.filter(trademarks__isnull=False).distinct())
    region = _chosen(request, regions)
    context = {
        "matrix": matrix(region, on=timezone.localdate(), public=False) if region else None,
        "regions": regions,
        "region": region,
        "legend": STANDINGS.values(),
        "breadcrumbs_items": _crumbs(_("Table of classes")),
        "header_title": _("Table of classes"),
        "page_title": _("Table of classes"),
        "page_subtitle": region.name if region else "",
        "header_icon": "table",
    }
    return render(request, "brand/trademarks/matrix.html", context)


@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    """Download the register of a county, or of all of them, for a spreadsheet."""
    if not request.user.has_perm("brand.view_filing"):
        raise PermissionDenied
    region = Region.objects.filter(slug=request.GET.get("county", "")).first()
    today = timezone.localdate()
    name = f"trademarks-{region.slug if region else 'all'}-{today:%Y-%m-%d}.xlsx"
    response = HttpResponse(written(region, on=today), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    add_never_cache_headers(response)
    return response


@require_safe
def hand_out_paper(request: HttpRequest, pk: int) -> FileResponse:
    """Hand a paper to who may see filings."""
    if not request.user.has_perm("brand.view_filing"):
        raise PermissionDenied
    paper = get_object_or_404(FilingPaper.objects.select_related("filing__trademark"), pk=pk)
    suffix = paper.file.name.rpartition(".")[2]
    filing = paper.filing
    name = f"{filing.trademark.name}-{filing.nice_class:02d}-{paper.get_kind_display()}.{suffix}"
    response = FileResponse(paper.file.open("rb"), as_attachment=True, filename=name)
    response["X-Content-Type-Options"] = "nosniff"
    add_never_cache_headers(response)
    return response


class FileInClasses(View):
    """Enters a trademark in several classes at once."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the classes that are free."""
        trademark = self._found(request, pk)
        return self._page(request, trademark, self._form(trademark))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Enter them."""
        trademark = self._found(request, pk)
        form = self._form(trademark, request.POST)
        if not form.is_valid():
            return self._page(request, trademark, form)
        made = file_in_classes(trademark=trademark, **form.cleaned_data, by=request.user, at=timezone.now())  # type: ignore[arg-type]
        done = ngettext("Entered in %(count)d class.", "Entered in %(count)d classes.", len(made))
        messages.success(request, done % {"count": len(made)})
        county = f"?county={trademark.region.slug}"
        return HttpResponseRedirect(reverse("brand-trademarks:matrix") + county)

    def _found(self, request: HttpRequest, pk: int) -> Trademark:
        if not request.user.has_perm("brand.add_filing"):
            raise PermissionDenied
        return get_object_or_404(Trademark.objects.select_related("region"), pk=pk)

    def _form(self, trademark: Trademark, data: Any = None) -> ClassesForm:
        taken = set(trademark.filings.filter(state__in=LIVING).values_list("nice_class", flat=True))
        return ClassesForm(data, trademark=trademark, taken=taken)

    def _page(self, request: HttpRequest, trademark: Trademark, form: ClassesForm) -> HttpResponse:
        context = {
            "form": form,
            "trademark": trademark,
            "breadcrumbs_items": _crumbs(trademark.name),
            "header_title": _("File in classes"),
            "page_title": _("File in classes"),
            "page_subtitle": trademark.name,
            "header_icon": "tag",
            "media": form.media,
        }
        return render(request, "brand/trademarks/file.html", context, status=400 if form.errors else 200)


class RenewFiling(View):
    """Enters that the office renewed a registration."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for the proof."""
        return self._page(request, self._found(request, pk), RenewForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Add ten years."""
        filing, form = self._found(request, pk), RenewForm(request.POST)
        if str(filing.expires_on) != request.POST.get("expires_on"):
            form.add_error(None, _("Somebody changed this filing a moment ago. Look at it again."))
        if not form.is_valid():
            return self._page(request, filing, form)
        try:
            last = renew(filing=filing, note=form.cleaned_data["note"], by=request.user, at=timezone.now())  # type: ignore[arg-type]
        except CannotRenew as error:
            form.add_error(None, str(error))
            return self._page(request, self._found(request, pk), form)
        messages.success(request, _("Renewed. It holds until %(day)s.") % {"day": last.isoformat()})
        return HttpResponseRedirect(reverse("brand-filings:edit", args=[pk]))

    def _found(self, request: HttpRequest, pk: int) -> Filing:
        if not request.user.has_perm("brand.change_filing"):
            raise PermissionDenied
        return get_object_or_404(Filing.objects.select_related("trademark__region"), pk=pk)

    def _page(self, request: HttpRequest, filing: Filing, form: RenewForm) -> HttpResponse:
        context = {
            "form": form,
            "filing": filing,
            "renewed": filing.expires_on and renewed(filing.expires_on),
            "breadcrumbs_items": _crumbs(str(filing)),
            "header_title": _("Renew"),
            "page_title": _("Renew"),
            "page_subtitle": str(filing),
            "header_icon": "rotate",
        }
        return render(request, "brand/trademarks/renew.html", context, status=400 if form.errors else 200)


def _chosen(request: HttpRequest, regions: list[Region]) -> Region | None:
    asked = request.GET.get("county", "")
    return next((one for one in regions if one.slug == asked), regions[0] if regions else None)


def _crumbs(here: str) -> list[dict[str, Any]]:
    index = {"url": reverse("brand-trademarks:index"), "label": gettext_lazy("Trademarks")}
    return [index, {"url": "", "label": here}]
