"""What the API adds to the back office."""

from wagtail import hooks

from api.back_office import ApiTokenViewSet


@hooks.register("register_admin_viewset")
def viewset() -> ApiTokenViewSet:
    """Register the tokens."""
    return ApiTokenViewSet()
