"""What the record adds to the back office."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSetGroup

from record.back_office.beginning import Beginning, is_for
from record.back_office.menus import GROUPS


@hooks.register("register_admin_viewset")
def viewsets() -> list[ModelViewSetGroup]:
    """Register everything that is recorded, in a menu for each kind of work."""
    return [group() for group in GROUPS]


@hooks.register("construct_homepage_panels")
def beginning(request: HttpRequest, panels: list[Any]) -> None:
    """Show those who work on the record in which order it is made."""
    if is_for(request.user):
        panels.append(Beginning())
