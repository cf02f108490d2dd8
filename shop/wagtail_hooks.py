"""What the hall adds to the back office: its menus, and what waits today on the first page."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from shop.back_office.menu import GROUPS
from shop.back_office.overview import MAY, HallToday
from shop.halls.choosers import article_chooser


@hooks.register("register_admin_viewset")
def viewsets() -> list[ViewSetGroup]:
    """Register the hall, in a menu for each kind of work."""
    return [article_chooser, *(group() for group in GROUPS)]


@hooks.register("construct_homepage_panels")
def hall_today(request: HttpRequest, panels: list[Any]) -> None:
    """Show those who look after orders what waits."""
    if request.user.has_perm(MAY):
        panels.append(HallToday())
