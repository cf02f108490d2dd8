"""Cartons in the back office: made, packed, unpacked, replaced in, activated and voided together."""

from tempfile import TemporaryFile
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.views.generic import IndexView

from lib.sscc import InvalidSscc, parse_sscc
from record.back_office.code_desk import Act, CodeDesk
from record.back_office.code_forms import NewCartonsForm, PackForm, ReasonForm, ReplaceForm, UnpackForm
from record.codes.activation import activate_selection
from record.codes.carton_labels import print_carton_labels
from record.codes.cartons import make_cartons
from record.codes.packing import pack, replace, unpack
from record.codes.refusals import CodesRefused
from record.codes.selections import listed, of_carton
from record.codes.voiding import void_codes
from record.labels import CARTON_PRESETS
from record.models import Carton, Code

_SHOWN_ACTS = 20


class ListCartons(IndexView):
    """Lists cartons; each leads to its page."""

    is_searchable = True

    def get_base_queryset(self) -> QuerySet[Carton]:
        """Read what a row shows along."""
        cartons: QuerySet[Carton] = super().get_base_queryset()
        return cartons.select_related("batch__product").annotate(packed=Count("codes"))

    def search_queryset(self, queryset: QuerySet[Carton]) -> QuerySet[Carton]:
        """Find by SSCC or lot."""
        if not self.is_searching:
            return queryset
        try:
            return queryset.filter(sscc=parse_sscc(self.search_query))
        except InvalidSscc:
            return queryset.filter(batch__lot__iexact=self.search_query)


def make(request: HttpRequest) -> HttpResponse:
    """Make empty cartons for a batch."""
    if not request.user.has_perm("record.add_carton"):
        raise PermissionDenied
    form = NewCartonsForm(request.POST or None, initial={"batch": request.GET.get("batch")})
    if request.method == "POST" and form.is_valid():
        try:
            made = make_cartons(**form.cleaned_data, at=timezone.now(), by=request.user)  # type: ignore[arg-type]
        except CodesRefused as error:
            for reason in error.reasons:
                form.add_error(None, str(reason))
        else:
            done = ngettext("%(count)d carton made.", "%(count)d cartons made.", len(made))
            messages.success(request, done % {"count": len(made)})
            if len(made) == 1:
                return HttpResponseRedirect(reverse("record-cartons:desk", args=[made[0].pk]))
            return HttpResponseRedirect(f"{reverse('record-cartons:index')}?q={made[0].batch.lot}")
    context = {
        "form": form,
        "header_title": _("New cartons"),
        "page_title": _("New cartons"),
        "header_icon": "folder",
    }
    return render(request, "record/admin/new_cartons.html", context, status=400 if form.errors else 200)


def labels(request: HttpRequest) -> HttpResponseBase:
    """Download the labels of one carton (`carton`) or of all of a batch (`batch`)."""
    if not request.user.has_perm("record.view_carton"):
        raise PermissionDenied
    preset = request.GET.get("preset", next(iter(CARTON_PRESETS)))
    asked = {name: request.GET.get(name, "") for name in ("carton", "batch")}
    chosen = {key: int(value) for key, value in asked.items() if value.isdecimal() and len(value) < 18}
    fields = {"carton": "pk", "batch": "batch"}
    cartons = Carton.objects.filter(**{fields[name]: value for name, value in chosen.items()})
    if preset not in CARTON_PRESETS or not chosen or not cartons.exists():
        raise Http404
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    print_carton_labels(cartons, out=file, preset=preset)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename="cartons.pdf", content_type="application/pdf")


class CartonDesk(CodeDesk):
    """The page of a carton: what is in it, and every act on it."""

    template = "record/admin/carton.html"
    may_look = "record.view_carton"
    acts = {
        "pack": Act(PackForm, permission="record.change_carton"),
        "replace": Act(ReplaceForm, permission="record.change_carton"),
        "unpack": Act(UnpackForm, permission="record.change_carton"),
        "activate": Act(forms.Form, permission="record.change_code"),
        "void": Act(ReasonForm, permission="record.change_code"),
    }

    def find(self, pk: int) -> None:
        """Read the carton."""
        cartons = Carton.objects.select_related("batch__product__region", "made_by")
        self.carton = get_object_or_404(cartons, pk=pk)

    @property
    def url(self) -> str:
        """The address of the page."""
        return reverse("record-cartons:desk", args=[self.carton.pk])

    def pack(self, form: PackForm) -> str:
        """Put in."""
        codes = listed(form.cleaned_data["serials"])
        count = pack(carton=self.carton, codes=codes, at=self.now, by=self.by)
        return ngettext("%(count)d package put in.", "%(count)d packages put in.", count) % {"count": count}

    def unpack(self, form: UnpackForm) -> str:
        """Take out."""
        named = form.cleaned_data["serials"]
        codes = listed(named) if named else of_carton(self.carton)
        reason = form.cleaned_data["reason"]
        count = unpack(carton=self.carton, codes=codes, reason=reason, at=self.now, by=self.by)
        return ngettext("%(count)d package taken out.", "%(count)d packages taken out.", count) % {
            "count": count
        }

    def replace(self, form: ReplaceForm) -> str:
        """Put one in the place of another."""
        old, new = (listed([form.cleaned_data[name]]) for name in ("old", "new"))
        reason = form.cleaned_data["reason"]
        replace(carton=self.carton, old=old, new=new, reason=reason, at=self.now, by=self.by)
        return _("Replaced. What came out is in no carton now.")

    def activate(self, form: Any) -> str:
        """Activate what is in it."""
        count = activate_selection(codes=of_carton(self.carton), at=self.now, by=self.by)
        return ngettext("%(count)d code activated.", "%(count)d codes activated.", count) % {"count": count}

    def void(self, form: ReasonForm) -> str:
        """Void what is in it."""
        reason = form.cleaned_data["reason"]
        count = void_codes(codes=of_carton(self.carton), reason=reason, at=self.now, by=self.by)
        return ngettext("%(count)d code voided.", "%(count)d codes voided.", count) % {"count": count}

    def context(self) -> dict[str, Any]:
        """Return the carton, what is in it and what was done."""
        carton = self.carton
        codes = list(carton.codes.order_by("pk"))
        return {
            "carton": carton,
            "codes": codes,
            "bound": any(code.state == Code.State.BOUND for code in codes),
            "presets": CARTON_PRESETS.values(),
            "history": carton.acts.select_related("by")[:_SHOWN_ACTS],
            "breadcrumbs_items": [
                {"url": reverse("record-cartons:index"), "label": gettext_lazy("Cartons")},
                {"url": "", "label": str(carton)},
            ],
            "header_title": gettext_lazy("Carton"),
            "page_title": gettext_lazy("Carton"),
            "page_subtitle": f"{carton} · {carton.batch.product}",
            "header_icon": "folder",
        }
