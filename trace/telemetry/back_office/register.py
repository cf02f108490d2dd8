"""The asset register (资产登记清单) in forms and as a spreadsheet."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.views.generic import IndexView

ASSET_PANELS = [
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("asset_number"), FieldPanel("keeper"), FieldPanel("spot")]),
            FieldRowPanel([FieldPanel("supplier"), FieldPanel("purchased_on"), FieldPanel("price")]),
            FieldRowPanel([FieldPanel("standard"), FieldPanel("warranty_until")]),
            FieldRowPanel([FieldPanel("calibrated_on"), FieldPanel("calibration_due")]),
        ],
        heading=_("Asset register"),
    ),
    InlinePanel(
        "photos",
        panels=[FieldPanel("image"), FieldPanel("caption")],
        heading=_("Photos"),
        label=_("Photo"),
    ),
]

REGISTER = [
    "purchased_on",
    "price",
    "supplier",
    "standard",
    "warranty_until",
    "calibrated_on",
    "calibration_due",
    "keeper",
    "spot",
    "photo_count",
    "is_active",
]
HEADINGS = {
    "base.name": _("base"),
    "base.region.name": _("county"),
    "made_by": _("maker"),
    "model_named": _("model"),
    "photo_count": _("photos"),
}


class RegisterIndex(IndexView):
    """A list that is exported as the asset register."""

    def get_base_queryset(self) -> QuerySet[Any]:
        """Read base and county along, and count the photos."""
        things: QuerySet[Any] = super().get_base_queryset()
        return things.select_related("base__region").annotate(photo_count=Count("photos"))

    def stream_csv(self, queryset: QuerySet[Any]) -> Iterator[Any]:
        """Begin with a byte order mark: without one Excel reads Chinese as something else."""
        yield "\ufeff"
        yield from super().stream_csv(queryset)
