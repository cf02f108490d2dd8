"""A page in the back office from which packaging is acted upon."""

from brand.back_office.act_desk import Act, ActDesk
from brand.members.interests import ConflictOfInterest
from brand.packaging.refusals import PackagingRefused

__all__ = ["Act", "PackagingDesk"]


class PackagingDesk(ActDesk):
    """What the store refuses is said beside the form."""

    refusals = (ConflictOfInterest, PackagingRefused)
