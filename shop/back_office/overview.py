"""The first page of the hall in the back office: what waits, what was sold, and the same as a spreadsheet."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

from django import forms
from django.contrib.auth.decorators import permission_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_safe
from openpyxl import Workbook
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.base import ViewSet

from brand.models import Region
from shop.counting.tally import tally
from shop.models import OutsideHall
from shop.overview.charts import bars
from shop.overview.figures import Figures, figures
from shop.overview.waiting import waiting

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAY = "order.view_order"
USUAL_DAYS = 30
may_look = permission_required(MAY, raise_exception=True)


class PeriodForm(forms.Form):
    """Which county, which days."""

    region = forms.ModelChoiceField(
        Region.objects.order_by("pk"), label=gettext_lazy("county"), required=False,
        empty_label=gettext_lazy("all counties"),
    )  # fmt: skip
    since = forms.DateField(
        label=pgettext_lazy("day", "from"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    until = forms.DateField(
        label=pgettext_lazy("day", "up to"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )


@require_safe
@may_look
def overview(request: HttpRequest) -> HttpResponse:
    """Show the day and the period."""
    form, found = _asked(request)
    context = {
        "form": form,
        "figures": found,
        "channels": _channels(found),
        "waiting": waiting(_region(form), at=timezone.now()),
        "sold": bars([(day, numbers.amount) for day, numbers in found.days.items()]),
        "visits": bars([(day, numbers.visits) for day, numbers in found.days.items()]),
        "query": request.GET.urlencode(),
        "header_title": _("The hall today"),
        "page_title": _("The hall today"),
        "header_icon": "home",
        "breadcrumbs_items": [{"url": "", "label": _("The hall today")}],
    }
    return render(request, "shop/admin/overview.html", context)


@require_safe
@may_look
def table(request: HttpRequest) -> FileResponse:
    """Hand the period out as a spreadsheet: by day, by county, by channel."""
    _form, found = _asked(request)
    out = BytesIO()
    _book(found).save(out)
    out.seek(0)
    name = f"hall-{found.since}-{found.until}.xlsx"
    return FileResponse(out, as_attachment=True, filename=name, content_type=SHEET)


def _asked(request: HttpRequest) -> tuple[PeriodForm, Figures]:
    """Return the form and the numbers of what it asks for; nonsense asks for the last thirty days."""
    tally.flush()
    today = timezone.localdate()
    form = PeriodForm(
        request.GET or None, initial={"since": today - timedelta(days=USUAL_DAYS - 1), "until": today}
    )
    facts = form.cleaned_data if form.is_valid() else {}
    until: date = facts.get("until") or today
    since: date = facts.get("since") or until - timedelta(days=USUAL_DAYS - 1)
    return form, figures(facts.get("region"), since=min(since, until), until=until)


def _region(form: PeriodForm) -> Region | None:
    return form.cleaned_data.get("region") if form.is_bound and form.is_valid() else None


def _channels(found: Figures) -> list[tuple[str, int, Any]]:
    names = dict(OutsideHall.Platform.choices) | {"": _("this hall")}
    return [(str(names[platform]), *sold) for platform, sold in found.channels.items()]


def _book(found: Figures) -> Workbook:
    book = Workbook(write_only=True)
    numbers = [
        _("visits"), _("put into a basket"), _("checkouts opened"), _("orders"),
        pgettext("money", "amount"), _("orders outside"), _("amount outside"),
    ]  # fmt: skip
    for title, head, rows in (
        (pgettext("figures", "by day"), _("day"), found.days.items()),
        (_("by county"), _("county"), found.counties.items()),
    ):
        sheet = book.create_sheet(title)
        sheet.append([head, *numbers])
        for name, row in rows:
            counted = (row.visits, row.baskets, row.checkouts, row.orders)
            sheet.append([name, *counted, row.amount, row.outside_orders, row.outside])
    sheet = book.create_sheet(_("by channel"))
    sheet.append([_("channel"), _("orders"), pgettext("money", "amount")])
    for channel in _channels(found):
        sheet.append(list(channel))
    return book


class _OverviewItem(MenuItem):
    """Shown to who looks after orders."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether to show it."""
        return request.user.has_perm(MAY)


class OverviewViewSet(ViewSet):
    """The first entry of the menu."""

    name = "shop-overview"
    menu_label = gettext_lazy("The hall today")
    icon = "home"

    def get_urlpatterns(self) -> list[Any]:
        """Return the page and its spreadsheet."""
        return [path("", overview, name="index"), path("figures.xlsx", table, name="table")]

    def get_menu_item(self, order: int | None = None) -> MenuItem:
        """Show it to who may look."""
        return _OverviewItem(
            self.menu_label,
            reverse("shop-overview:index"),
            name="shop-overview",
            icon_name=self.icon,
            order=order or 1,
        )


class HallToday(Component):
    """What waits in the halls, on the first page of the back office."""

    name = "hall-today"
    order = 60
    template_name = "shop/admin/today.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Give the template what waits."""
        return {"waiting": [row for row in waiting(None, at=timezone.now()) if row.count]}
