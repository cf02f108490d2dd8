"""Packaging items in the back office: listed with their stock, added, described."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.views.generic import CreateView, EditView

from brand.back_office.tables import ListView
from brand.models import PackagingItem


class ItemForm(WagtailAdminModelForm):
    """An item: everything it names is of its own county."""

    def clean(self) -> dict[str, Any]:
        """Refuse a product, an artwork or a successor of another county."""
        cleaned: dict[str, Any] = super().clean()
        region = cleaned.get("region")
        for name, of_county in (
            ("product", cleaned.get("product")),
            ("artwork", getattr(cleaned.get("artwork"), "asset", None)),
            ("successor", cleaned.get("successor")),
        ):
            if region and of_county and of_county.region_id != region.pk:
                self.add_error(name, _("This belongs to another county."))
        return cleaned


class ListItems(ListView):
    """Lists items with what lies on the shelf."""

    def get_base_queryset(self) -> QuerySet[PackagingItem]:
        """Read what a row shows along."""
        items: QuerySet[PackagingItem] = super().get_base_queryset()
        return items.select_related("stock", "region", "product", "artwork__asset")


class AddItem(CreateView):
    """Adds an item and leads to its page, where the first delivery is entered."""

    def get_success_url(self) -> str:
        """Lead to the page of the item."""
        return reverse("brand-packaging-items:desk", args=[self.object.pk])


class EditItem(EditView):
    """Changes the description; the stock changes by movements only."""

    def get_success_url(self) -> str:
        """Lead back to the page of the item."""
        return reverse("brand-packaging-items:desk", args=[self.object.pk])
