"""Lists of the packaging stock: what a row shows is read along with it."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets.button import HeaderButton

from brand.back_office.tables import ListView


class ListRequests(ListView):
    """Lists requests."""

    def get_base_queryset(self) -> QuerySet[Any]:
        """Read member and licence along."""
        return super().get_base_queryset().select_related("member", "licence")


class ListReturns(ListView):
    """Lists returns."""

    def get_base_queryset(self) -> QuerySet[Any]:
        """Read member and item along."""
        return super().get_base_queryset().select_related("member", "item")


class ListHoldings(ListView):
    """Lists holdings."""

    def get_base_queryset(self) -> QuerySet[Any]:
        """Read member and item along."""
        return super().get_base_queryset().select_related("member", "item")


class ListMovements(ListView):
    """Lists the ledger; the columns of its table have names."""

    export_headings: ClassVar[dict[str, Any]] = {"before": _("stock before"), "after": _("stock after")}

    def get_base_queryset(self) -> QuerySet[Any]:
        """Read what a line names along."""
        lines = super().get_base_queryset()
        return lines.select_related("item", "member", "licence", "by")


class ListTakes(ListView):
    """Lists stock-takes, with the way to begin one."""

    def get_base_queryset(self) -> QuerySet[Any]:
        """Read county and people along."""
        takes = super().get_base_queryset()
        return takes.select_related("region", "opened_by", "closed_by")

    @cached_property
    def header_buttons(self) -> list[Any]:
        """Offer to begin a stock-take."""
        buttons = list(super().header_buttons)
        if self.request.user.has_perm("brand.add_stocktake"):
            begin = reverse("brand-packaging-takes:begin")
            buttons.append(HeaderButton(_("Begin a stock-take"), url=begin, icon_name="plus"))
        return buttons
