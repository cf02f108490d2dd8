"""The kinds of a county's hall: the categories in which it sells something, as a tree."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import get_language

from brand.models import Region
from changes.kept import kept
from shop.catalogue.models import Category
from shop.listing.models import Listing
from shop.selling import covers

NAVIGATION: Final = 8  # kinds beside "everything": more than that nobody reads across a banner


@dataclass(frozen=True, slots=True)
class Kind:
    """A category as lists and trails show it."""

    pk: int
    name: str
    url: str
    path: str
    depth: int
    sells: bool

    def holds(self, other: "Kind") -> bool:
        """Tell whether `other` lies anywhere below."""
        return other.path != self.path and other.path.startswith(self.path)


def kinds(region: Region | None, *, on: date) -> list[Kind]:
    """Return the public kinds as a tree in order; `sells` where something is on sale. One query, kept."""
    key = ("kinds", region and region.pk, get_language(), on)
    return kept.get(key, lambda: _read(region, on=on))


def kind_of(pk: int, found: list[Kind]) -> Kind | None:
    """Return the kind of a category."""
    return next((kind for kind in found if kind.pk == pk), None)


def on_top(found: list[Kind]) -> list[Kind]:
    """Return the kinds at the top in which something is on sale."""
    return [kind for kind in found if kind.depth == 1 and kind.sells]


def below(kind: Kind, found: list[Kind]) -> list[Kind]:
    """Return the kinds directly below in which something is on sale."""
    return [one for one in found if one.sells and kind.holds(one) and one.depth == kind.depth + 1]


def above(kind: Kind, found: list[Kind]) -> list[Kind]:
    """Return the kinds above, the topmost first."""
    return [one for one in found if one.holds(kind)]


def _read(region: Region | None, *, on: date) -> list[Kind]:
    sold = Listing.objects.filter(shelf=OuterRef("pk")).filter(covers("article__brand_product", on=on))
    if region:
        sold = sold.filter(region=region.pk)
    rows = Category.objects.browsable().order_by("path").annotate(sells=Exists(sold))
    slugs: dict[str, str] = {}
    found = []
    for pk, name, slug, path, depth, sells in rows.values_list(
        "pk", "name", "slug", "path", "depth", "sells"
    ):
        above = slugs.get(path[: -Category.steplen], "")
        slugs[path] = f"{above}/{slug}" if above else slug
        url = reverse("catalogue:category", kwargs={"category_slug": slugs[path], "pk": pk})
        found.append(Kind(pk, name, url, path, depth, sells))
    return found
