"""The page of a stock-take: counted numbers beside the books, differences explained, closed at the end."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from brand.back_office.packaging.desk import Act, PackagingDesk
from brand.back_office.packaging.forms import TakeForm
from brand.models import Region, StockTake
from brand.packaging.counting import close_take, enter_counts, open_take
from brand.packaging.refusals import PackagingRefused
from brand.packaging.trail import trail_of

_MAY = "brand.change_stocktake"


class TakeDesk(PackagingDesk):
    """The page of a stock-take. Both acts keep what was typed; `close` then closes it."""

    template = "brand/admin/packaging/take.html"
    may_look = "brand.view_stocktake"
    may_act = _MAY
    acts = {"save": Act(TakeForm), "close": Act(TakeForm)}

    def find(self, pk: int) -> None:
        """Read the stock-take."""
        takes = StockTake.objects.select_related("region", "opened_by", "closed_by")
        self.take = get_object_or_404(takes, pk=pk)

    @property
    def url(self) -> str:
        """The address of the page."""
        return reverse("brand-packaging-takes:desk", args=[self.take.pk])

    def possible(self) -> list[str]:
        """Return both while it is open."""
        return [] if self.take.closed_at else list(self.acts)

    def form_options(self, act: str) -> dict[str, Any]:
        """Give the form the stock-take."""
        return {"take": self.take}

    def form(self, act: str, data: Any = None, files: Any = None) -> forms.Form:
        """Return the one form that both acts read."""
        return TakeForm(data, prefix="count", take=self.take)

    def save(self, form: TakeForm) -> str:
        """Keep what was counted so far."""
        enter_counts(take=self.take, entered=form.entered())
        return _("Kept. Close the stock-take when everything is counted.")

    def close(self, form: TakeForm) -> str:
        """Keep and close. What was typed stays kept where closing is refused."""
        enter_counts(take=self.take, entered=form.entered())
        moved = close_take(take=self.take, by=self.by, at=self.now)
        if not moved:
            return _("Closed: the shelf is as the books say.")
        done = ngettext(
            "Closed: %(count)d item was put right.", "Closed: %(count)d items were put right.", len(moved)
        )
        return done % {"count": len(moved)}

    def _page(self, failed: str = "", filled: forms.Form | None = None) -> HttpResponseBase:
        """Show the table: as typed where a number cannot be read, else as it is kept by now."""
        unread = isinstance(filled, TakeForm) and any(name in filled.fields for name in filled.errors)
        self.shown = filled if unread and isinstance(filled, TakeForm) else self._fresh()
        self.said = filled.non_field_errors() if filled is not None else []
        return super()._page(failed, filled)

    def _fresh(self) -> TakeForm:
        return TakeForm(prefix="count", take=self.take)

    def context(self) -> dict[str, Any]:
        """Return the stock-take with its counts."""
        return {
            "take": self.take,
            "rows": self.shown.rows(),
            "refusals": self.said,
            "counts": self.take.counts.select_related("item"),
            "trail": trail_of(self.take),
            "breadcrumbs_items": [
                {"url": reverse("brand-packaging-takes:index"), "label": gettext_lazy("Stock-takes")},
                {"url": "", "label": self.take.number},
            ],
            "header_title": gettext_lazy("Stock-take"),
            "page_title": gettext_lazy("Stock-take"),
            "page_subtitle": f"{self.take.number} · {self.take.region}",
            "header_icon": "list-ol",
        }


class RegionForm(forms.Form):
    """Of which county."""

    region = forms.ModelChoiceField(Region.objects.all(), label=gettext_lazy("county"), empty_label=None)


def begin(request: HttpRequest) -> HttpResponse:
    """Begin a stock-take."""
    if not request.user.has_perm("brand.add_stocktake"):
        raise PermissionDenied
    form = RegionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        region, by = form.cleaned_data["region"], cast("User", request.user)
        try:
            take = open_take(region=region, by=by, at=timezone.now())
        except PackagingRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Begun. Hand nothing out while you count."))
            return HttpResponseRedirect(reverse("brand-packaging-takes:desk", args=[take.pk]))
    context = {
        "form": form,
        "header_title": _("Begin a stock-take"),
        "page_title": _("Begin a stock-take"),
        "header_icon": "list-ol",
    }
    return render(request, "brand/admin/packaging/begin.html", context, status=400 if form.errors else 200)
