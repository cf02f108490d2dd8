"""Products and batches as commands name them: `<gtin>` and `<gtin>/<lot>`."""

from brand.models import Product
from lib.gtin import to_gtin14
from record.models import Batch


class NoSuchThing(LookupError):
    """No product or batch has that name; the message says which part is wrong."""


def product_named(gtin: str) -> Product:
    """Return the product with that GTIN (8, 12, 13 or 14 digits).

    Raises:
        NoSuchThing: not a GTIN, or nobody's.
    """
    try:
        number = to_gtin14(gtin)
    except ValueError as error:
        raise NoSuchThing(str(error)) from error
    product = Product.objects.select_related("region").filter(gtin=number).first()
    if product is None:
        raise NoSuchThing(f"no product has the GTIN {number}")
    return product


def batch_named(name: str) -> Batch:
    """Return the batch `<gtin>/<lot>`.

    Raises:
        NoSuchThing: the name has another shape, or no such product or lot.
    """
    gtin, slash, lot = name.partition("/")
    if not slash or not lot:
        raise NoSuchThing(f"a batch is named <gtin>/<lot>: {name!r}")
    product = product_named(gtin)
    batch = product.batches.select_related("product__region").filter(lot=lot.upper()).first()
    if batch is None:
        raise NoSuchThing(f"{product.name} has no lot {lot.upper()}")
    return batch
