"""What the home page adds to the back office."""

from wagtail import hooks
from wagtail.admin.viewsets.chooser import ChooserViewSet

from home.choosers import base_chooser, product_chooser


@hooks.register("register_admin_viewset")
def choosers() -> list[ChooserViewSet]:
    """Register the choosers of products and bases."""
    return [product_chooser, base_chooser]
