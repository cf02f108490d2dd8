"""Documents that everybody may have: those of a collection with a view restriction are left out."""

from collections.abc import Iterable
from typing import Any

from wagtail.models import CollectionViewRestriction


def given_to_everybody(items: Iterable[Any]) -> list[Any]:
    """Return the items of a press block whose document is there and not closed. 1 query, rarely more."""
    kept = [item for item in items if item["document"] is not None]
    closed = tuple(CollectionViewRestriction.objects.values_list("collection__path", flat=True))
    # a restriction closes the collection and everything below it: treebeard's paths begin alike
    return [item for item in kept if not closed or not item["document"].collection.path.startswith(closed)]
