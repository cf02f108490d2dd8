"""What the openness window adds to the back office."""

from wagtail import hooks

from openness.back_office.letters import LetterViewSet


@hooks.register("register_admin_viewset")
def letters() -> LetterViewSet:
    """Register the letters."""
    return LetterViewSet()
