"""What upkeep adds to the back office."""

from wagtail import hooks

from upkeep.back_office import UpkeepViewSet


@hooks.register("register_admin_viewset")
def viewset() -> UpkeepViewSet:
    """Register the maintenance record."""
    return UpkeepViewSet()
