"""Regions, association members, crops, products under the brand and the licences to use it."""

from brand.crops.models import Crop
from brand.licences.models import Licence, LicenceQuerySet
from brand.members.models import Member
from brand.products.models import Product
from brand.regions.models import Region

__all__ = ["Crop", "Licence", "LicenceQuerySet", "Member", "Product", "Region"]
