"""Reads of the library: one page of assets with their pictures, and the counts of all that can be chosen."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.functional import cached_property

from association.vi.choices import FILTERS, Choice, Kind, Option, options_of
from brand.models import Region, VIAsset, VICategory, VIVersion

ASSETS_A_PAGE = 24
ORDER = ("-category__system", "category__position", "position", "title", "pk")
# what a card does not show stays where it is
_LONG = ("summary", "keywords", "clear_space", "least_mm", "least_px", "created_at", "changed_at")


@dataclass(frozen=True, slots=True)
class Library:
    """What the page of the library shows."""

    choice: Choice
    total: int
    assets: Page
    options: dict[str, list[Option]]


class _Counted(Paginator):
    """Pages of a list whose length is known already."""

    def __init__(self, assets: QuerySet[VIAsset], *, total: int) -> None:
        super().__init__(assets, ASSETS_A_PAGE)
        self._total = total

    @cached_property
    def count(self) -> int:
        """Return the length without asking."""
        return self._total


def library_of(region: Region | None, choice: Choice, *, page: str | None) -> Library:
    """Return a page of the assets that `choice` leaves, with the counts of every filter. 4 queries."""
    found = _found(region, choice.words)
    kinds = _kinds(found)
    total = sum(kind.count for kind in kinds if choice.takes(kind))
    assets = _filtered(found, choice).order_by(*ORDER).defer(*_LONG).select_related("category")
    current = Prefetch("versions", VIVersion.objects.filter(current=True), to_attr="in_use")
    pages = _Counted(assets.prefetch_related(current), total=total)
    return Library(choice, total, pages.get_page(page), options_of(kinds, choice))


def _found(region: Region | None, words: Iterable[str]) -> QuerySet[VIAsset]:
    """Return the published assets in whose title, search words or category every word stands."""
    found = VIAsset.objects.published().filter(region=region) if region else VIAsset.objects.none()
    for word in words:
        found = found.filter(
            Q(title__icontains=word)
            | Q(keywords__icontains=word)
            | Q(category__name__icontains=word)
            | Q(category__name_en__icontains=word)
        )
    return found


def _filtered(found: QuerySet[VIAsset], choice: Choice) -> QuerySet[VIAsset]:
    columns = {
        "system": "category__system",
        "category": "category__slug",
        "format": "formats__contains",
        "access": "access",
    }
    for name in FILTERS:
        if value := getattr(choice, name):
            found = found.filter(**{columns[name]: f"|{value}|" if name == "format" else value})
    return found


def _kinds(found: QuerySet[VIAsset]) -> list[Kind]:
    """Count the assets by what they are filtered by: a few hundred rows however many assets. 2 queries."""
    categories = VICategory.objects.in_bulk()
    rows = found.order_by().values_list("category", "access", "formats").annotate(Count("pk"))
    return [
        Kind(categories[category], access, frozenset(filter(None, formats.split("|"))), count)
        for category, access, formats, count in rows
    ]
