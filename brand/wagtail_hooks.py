"""What the brand adds to the back office."""

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup

from brand.back_office.governance import GovernanceViewSetGroup
from brand.back_office.inspections import SupervisionViewSetGroup
from brand.back_office.licensing.viewsets import LicensingViewSetGroup
from brand.back_office.membership import MembershipViewSetGroup
from brand.back_office.packaging.artwork_chooser import artwork_chooser
from brand.back_office.packaging.viewsets import PackagingViewSetGroup
from brand.back_office.vi.viewsets import VIViewSetGroup
from brand.back_office.viewsets import BrandViewSetGroup


@hooks.register("register_admin_viewset")
def viewsets() -> BrandViewSetGroup:
    """Register products, members, licences and counties."""
    return BrandViewSetGroup()


@hooks.register("register_admin_viewset")
def membership_viewsets() -> MembershipViewSetGroup:
    """Register members, applications for membership and who acts for whom."""
    return MembershipViewSetGroup()


@hooks.register("register_admin_viewset")
def governance() -> GovernanceViewSetGroup:
    """Register rules, standards and trademarks."""
    return GovernanceViewSetGroup()


@hooks.register("register_admin_viewset")
def licensing() -> LicensingViewSetGroup:
    """Register applications for licences, objections, licences and the rules for them."""
    return LicensingViewSetGroup()


@hooks.register("register_admin_viewset")
def supervision() -> SupervisionViewSetGroup:
    """Register what is due about licences, inspections, findings and their checklist."""
    return SupervisionViewSetGroup()


@hooks.register("register_admin_viewset")
def packaging() -> list[ViewSet | ViewSetGroup]:
    """Register the packaging stock, and the chooser of what is printed on it."""
    return [PackagingViewSetGroup(), artwork_chooser]


@hooks.register("register_admin_viewset")
def vi_library() -> VIViewSetGroup:
    """Register the VI library, what was taken from it, its terms and who accepted them."""
    return VIViewSetGroup()
