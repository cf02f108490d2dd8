"""The way from the back office to Oscar's dashboard."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from shop.links import may_operate


class ShopMenuItem(MenuItem):
    """Shown to whom the dashboard lets in."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether to show it."""
        return may_operate(request.user)


@hooks.register("register_admin_menu_item")
def shop_operations() -> MenuItem:
    """Return the menu entry."""
    return ShopMenuItem(_("Shop"), reverse("dashboard:index"), name="shop", icon_name="tag", order=700)
