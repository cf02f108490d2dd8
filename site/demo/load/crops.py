"""What crop a product is, and the warmth it needs."""

from decimal import Decimal

from brand.models import Crop
from demo.load.content import SHARED, read
from demo.load.county import County


def add_crops(county: County) -> None:
    """Say of the county's products what crop they are."""
    for words in read(SHARED, "crops")["crop"]:
        products = [county.products[slug] for slug in words["products"] if slug in county.products]
        if products:
            crop, _made = Crop.objects.get_or_create(
                name=words["name"],
                defaults={
                    "name_en": words["name_en"],
                    "base_temperature": Decimal(words["base_temperature"]),
                },
            )
            crop.products.add(*products)
