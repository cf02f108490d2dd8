"""What the brand adds to the back office."""

from wagtail import hooks

from brand.back_office.viewsets import BrandViewSetGroup


@hooks.register("register_admin_viewset")
def viewsets() -> BrandViewSetGroup:
    """Register products, members, licences and counties."""
    return BrandViewSetGroup()
