"""Oscar's dashboard forms; the product form also names the licensed product."""

from oscar.apps.dashboard.catalogue.forms import *  # noqa: F403
from oscar.apps.dashboard.catalogue.forms import ProductForm as OscarProductForm


class ProductForm(OscarProductForm):
    """Oscar's product form with the licensed product, for articles and for their variants."""

    class Meta(OscarProductForm.Meta):
        fields = [*OscarProductForm.Meta.fields, "brand_product"]
