"""What a Digital Link names in our database: one query for a package, one for a lot, one for a product."""

from dataclasses import dataclass

from django.db import connection

from brand.models import Product
from record.codes.serials import InvalidSerial, parse_serial
from record.digital_link import DigitalLink
from record.models import Batch

# Every redirect that is no scan asks this; as SQL it costs a quarter of what the ORM takes to build it.
_NAME = """
    SELECT brand_product.name FROM record_code JOIN brand_product ON brand_product.id = record_code.product_id
    WHERE record_code.serial = %s AND brand_product.gtin = %s
"""


class NothingThere(LookupError):
    """No such product."""


class NoSuchPackage(LookupError):
    """The product may exist, this package of it never did."""


@dataclass(frozen=True, slots=True)
class Target:
    """The thing a link leads to, at the level that was found."""

    gtin: str
    name: str
    lot: str = ""
    serial: str = ""

    @property
    def link(self) -> DigitalLink:
        """The canonical link of what was found."""
        return DigitalLink(self.gtin, self.lot, self.serial)


def find(link: DigitalLink) -> Target:
    """Return what `link` names; an unknown lot walks up to its product.

    Raises:
        NoSuchPackage: the serial was never issued for this product.
        NothingThere: the product is unknown.
    """
    if link.serial:
        return _package(link)
    return (_batch(link) if link.lot else None) or _product(link)


def _package(link: DigitalLink) -> Target:
    try:
        serial = parse_serial(link.serial)
    except InvalidSerial as error:
        raise NoSuchPackage from error
    with connection.cursor() as cursor:
        cursor.execute(_NAME, [serial, link.gtin])
        row = cursor.fetchone()
    if row is None:
        raise NoSuchPackage
    return Target(link.gtin, row[0], serial=serial)


def _batch(link: DigitalLink) -> Target | None:
    found = Batch.objects.named(gtin=link.gtin, lot=link.lot).values_list("product__name", "lot").first()
    return Target(link.gtin, found[0], lot=found[1]) if found else None


def _product(link: DigitalLink) -> Target:
    name = Product.objects.filter(gtin=link.gtin).values_list("name", flat=True).first()
    if name is None:
        raise NothingThere
    return Target(link.gtin, name)
