"""What the hall adds to the back office: its menus, and the way to what is still set in Oscar's dashboard."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSetGroup

from shop.back_office.menu import GROUPS
from shop.back_office.overview import MAY, HallToday
from shop.halls.choosers import article_chooser
from shop.links import may_operate


class DashboardMenuItem(MenuItem):
    """Shown to whom Oscar's dashboard lets in."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether to show it."""
        return may_operate(request.user)


@hooks.register("register_admin_viewset")
def viewsets() -> list[ViewSetGroup]:
    """Register the hall, in a menu for each kind of work."""
    return [article_chooser, *(group() for group in GROUPS)]


@hooks.register("register_shop_menu_item")
def product_attributes() -> MenuItem:
    """Lead to what Oscar's dashboard still keeps."""
    return DashboardMenuItem(
        _("Product attributes and ranges"),
        reverse("dashboard:index"),
        name="shop-dashboard",
        icon_name="cogs",
        order=900,
    )


@hooks.register("construct_homepage_panels")
def hall_today(request: HttpRequest, panels: list[Any]) -> None:
    """Show those who look after orders what waits."""
    if request.user.has_perm(MAY):
        panels.append(HallToday())
