"""Regions, association members and who acts for them, crops, products, licences, the trail of acts."""

from brand.acts.models import Act
from brand.counters.models import Counter
from brand.crops.models import Crop
from brand.licences.models import Licence, LicenceQuerySet
from brand.licences.products import LicenceProduct
from brand.members.models import Member
from brand.members.representatives import Representative
from brand.products.models import Product
from brand.regions.models import Region
from brand.vi.assets import VIAccess, VIAsset, VIColour, VIExample
from brand.vi.categories import VICategory, VISystem
from brand.vi.versions import VIFile, VIFormat, VIVersion

__all__ = [
    "Act",
    "Counter",
    "Crop",
    "Licence",
    "LicenceProduct",
    "LicenceQuerySet",
    "Member",
    "Product",
    "Region",
    "Representative",
    "VIAccess",
    "VIAsset",
    "VICategory",
    "VIColour",
    "VIExample",
    "VIFile",
    "VIFormat",
    "VISystem",
    "VIVersion",
]
