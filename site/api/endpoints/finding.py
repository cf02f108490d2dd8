"""Finding what an address names, and that it belongs to the token's member."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from api.gate import token_of
from api.problems import Problem
from brand.models import Product
from record.models import Batch


def batch_named(gtin: str, lot: str) -> Batch:
    """Return the batch `<gtin>/<lot>` with its product, member, county and base.

    Raises:
        Problem: there is none.
    """
    related = ("product__region", "product__member", "base")
    batch: Batch | None = Batch.objects.select_related(*related).named(gtin=gtin.zfill(14), lot=lot).first()
    if batch is None:
        raise Problem(404, "no_such_batch", _("There is no such batch."))
    return batch


def own_batch(request: HttpRequest, gtin: str, lot: str) -> Batch:
    """Return a batch of the token's member.

    Raises:
        Problem: there is none, or it is another member's.
    """
    batch = batch_named(gtin, lot)
    _must_own(request, batch.product)
    return batch


def own_product(request: HttpRequest, gtin: str) -> Product:
    """Return a product of the token's member.

    Raises:
        Problem: there is none, or it is another member's.
    """
    product = Product.objects.select_related("region", "member").filter(gtin=gtin.zfill(14)).first()
    if product is None:
        raise Problem(404, "no_such_product", _("There is no product with that GTIN."))
    _must_own(request, product)
    return product


def _must_own(request: HttpRequest, product: Product) -> None:
    if product.member_id != token_of(request).member_id:
        raise Problem(403, "not_yours", _("This belongs to another member."))
