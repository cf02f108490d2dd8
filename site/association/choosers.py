"""Choosers of what the brand's pages show: its films, its members."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.blocks import ChooserBlock


class _AtOnce(ChooserBlock):
    """Loads all chosen things of a page in one query."""

    def bulk_to_python(self, values: Iterable[Any]) -> list[Any]:
        """Return the things in the order of their keys, None for one that is gone."""
        wanted = list(values)
        found = self.model_class.objects.in_bulk(wanted)
        return [found.get(key) for key in wanted]


class FilmChooserViewSet(ChooserViewSet):
    """Chooses a film of the brand."""

    model = "association.BrandFilm"
    icon = "media"
    choose_one_text = _("Choose a film")
    choose_another_text = _("Choose another film")
    base_block_class = _AtOnce
    register_widget = False


class MemberChooserViewSet(ChooserViewSet):
    """Chooses a member of the association."""

    model = "brand.Member"
    icon = "group"
    choose_one_text = _("Choose a member")
    choose_another_text = _("Choose another member")
    base_block_class = _AtOnce
    register_widget = False


film_chooser = FilmChooserViewSet("association_film_chooser")
member_chooser = MemberChooserViewSet("association_member_chooser")
FilmChooserBlock = film_chooser.get_block_class("FilmChooserBlock", "association.choosers")
MemberChooserBlock = member_chooser.get_block_class("MemberChooserBlock", "association.choosers")
