"""What the record adds to the back office."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from record.back_office.beginning import Beginning, is_for
from record.back_office.viewsets import RecordViewSetGroup
from record.back_office.watching import WatchingViewSetGroup


@hooks.register("register_admin_viewset")
def viewsets() -> RecordViewSetGroup:
    """Register batches, events, codes and certifications."""
    return RecordViewSetGroup()


@hooks.register("register_admin_viewset")
def watching() -> WatchingViewSetGroup:
    """Register scans, clone alerts, recalls, consumer reports and sales regions."""
    return WatchingViewSetGroup()


@hooks.register("construct_homepage_panels")
def beginning(request: HttpRequest, panels: list[Any]) -> None:
    """Show those who work on the record in which order it is made."""
    if is_for(request.user):
        panels.append(Beginning())
