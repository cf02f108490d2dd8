"""Regions, association members and who acts for them, crops, products, licences, the trail of acts."""

from brand.activities.models import Activity
from brand.activities.sign_ups import SignUp
from brand.acts.models import Act
from brand.counters.models import Counter
from brand.crops.models import Crop
from brand.inspections.findings import Finding, FindingAnswer, FindingProof
from brand.inspections.models import Inspection, InspectionPhoto
from brand.inspections.points import InspectionPoint
from brand.licences.applications.models import ApplicationPaper, ApplicationProduct, LicenceApplication
from brand.licences.models import Licence, LicenceQuerySet
from brand.licences.products import LicenceProduct
from brand.licences.publicity.models import Objection, ObjectionFile
from brand.licences.rules import LicenceRules
from brand.licences.site_checks.models import SiteCheck, SiteCheckPhoto
from brand.members.models import Member
from brand.members.representatives import Representative
from brand.membership.models import MembershipApplication, MembershipPaper
from brand.membership.terms import MembershipTerms
from brand.packaging.holdings import PackagingHolding
from brand.packaging.items import PackagingItem
from brand.packaging.movements import PackagingMovement
from brand.packaging.quotas import PackagingQuota
from brand.packaging.requests import PackagingRequest, PackagingRequestLine
from brand.packaging.returns import PackagingReturn
from brand.packaging.stock import PackagingStock
from brand.packaging.takes import StockCount, StockTake
from brand.phones.models import PhoneCode
from brand.products.models import Product
from brand.regions.models import Region
from brand.rules.models import Rule, RuleEdition
from brand.standards.models import Standard, StandardEdition
from brand.trademarks.filings import Filing
from brand.trademarks.models import Trademark
from brand.trademarks.papers import FilingPaper
from brand.vi.agreements import VIAcceptance, VIAgreement
from brand.vi.assets import VIAccess, VIAsset, VIColour, VIExample
from brand.vi.categories import VICategory, VISystem
from brand.vi.downloads import VIDownload
from brand.vi.versions import VIFile, VIFormat, VIVersion

__all__ = [
    "Act",
    "Activity",
    "ApplicationPaper",
    "ApplicationProduct",
    "Counter",
    "Crop",
    "Filing",
    "FilingPaper",
    "Finding",
    "FindingAnswer",
    "FindingProof",
    "Inspection",
    "InspectionPhoto",
    "InspectionPoint",
    "Licence",
    "LicenceApplication",
    "LicenceProduct",
    "LicenceQuerySet",
    "LicenceRules",
    "Member",
    "MembershipApplication",
    "MembershipPaper",
    "MembershipTerms",
    "Objection",
    "ObjectionFile",
    "PackagingHolding",
    "PackagingItem",
    "PackagingMovement",
    "PackagingQuota",
    "PackagingRequest",
    "PackagingRequestLine",
    "PackagingReturn",
    "PackagingStock",
    "PhoneCode",
    "Product",
    "Region",
    "Representative",
    "Rule",
    "RuleEdition",
    "SignUp",
    "SiteCheck",
    "SiteCheckPhoto",
    "Standard",
    "StandardEdition",
    "StockCount",
    "StockTake",
    "Trademark",
    "VIAcceptance",
    "VIAccess",
    "VIAgreement",
    "VIAsset",
    "VICategory",
    "VIColour",
    "VIDownload",
    "VIExample",
    "VIFile",
    "VIFormat",
    "VISystem",
    "VIVersion",
]
