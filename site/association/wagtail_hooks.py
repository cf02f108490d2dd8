"""What the pages of the brand add to the back office."""

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet

from association.back_office.films import FilmViewSet
from association.choosers import film_chooser, member_chooser


@hooks.register("register_admin_viewset")
def films() -> list[ViewSet]:
    """Register the films, and the choosers of films and members."""
    return [FilmViewSet(), film_chooser, member_chooser]
