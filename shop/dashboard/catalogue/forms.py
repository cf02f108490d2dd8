"""Oscar's dashboard forms; the product form also names the licensed product, stock stays with its ledger."""

from typing import Any

from oscar.apps.dashboard.catalogue.forms import *  # noqa: F403
from oscar.apps.dashboard.catalogue.forms import ProductForm as OscarProductForm
from oscar.apps.dashboard.catalogue.forms import StockRecordForm as OscarStockRecordForm


class ProductForm(OscarProductForm):
    """Oscar's product form with the licensed product, for articles and for their variants."""

    class Meta(OscarProductForm.Meta):
        fields = [*OscarProductForm.Meta.fields, "brand_product"]


class StockRecordForm(OscarStockRecordForm):
    """Oscar's form of price and stock. What is there changes by receipts, counts and parcels alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "num_in_stock" in self.fields:
            self.fields["num_in_stock"].disabled = True
            self.fields["num_in_stock"].required = False

    def save(self, commit: bool = True) -> Any:
        """Save what was changed, and no more: what is promised to buyers moves meanwhile."""
        if not (commit and self.instance.pk):
            return super().save(commit)
        self.instance.save(update_fields=[name for name in self.changed_data if name in self.Meta.fields])
        return self.instance
