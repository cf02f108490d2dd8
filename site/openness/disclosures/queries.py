"""Reads of the window."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, When
from django.db.models.functions import ExtractYear
from wagtail.query import PageQuerySet

from openness.disclosures.models import DisclosurePage, Kind, OpennessPage
from openness.disclosures.standing import Standing, days_left, share_passed, standing_is, standing_of

A_PAGE = 15


@dataclass(frozen=True, slots=True)
class Asked:
    """What a visitor wants to see of the window; what is unknown is as if it was not asked."""

    kind: str = ""
    state: str = ""
    year: str = ""
    page: str = "1"

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Self:
        """Read the query of an address."""
        kind, state, year = (query.get(name, "") for name in ("kind", "state", "year"))
        return cls(
            kind if kind in Kind.values else "",
            state if state in Standing.values else "",
            year if year.isdecimal() and len(year) == len("2026") and int(year) else "",
            query.get("page", "1"),
        )

    @property
    def query(self) -> str:
        """Return it as the query of an address, without the page."""
        names = ("kind", "state", "year")
        return "&".join(f"{name}={getattr(self, name)}" for name in names if getattr(self, name))


@dataclass(frozen=True, slots=True)
class Row:
    """A disclosure in the list, and where it stands."""

    page: DisclosurePage
    standing: Standing
    days_left: int


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the window and what can be chosen from."""

    asked: Asked
    rows: list[Row]
    pages: Page
    kinds: list[tuple[str, str, int]]
    years: list[int]
    states: list[tuple[str, str]]


def list_of(window: OpennessPage, *, asked: Asked, on: date) -> Listed:
    """Return what was asked for, what takes opinions first, then newest first. 4 queries."""
    public = public_below(window)
    found = public
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.state:
        found = found.filter(standing_is(asked.state, on=on))
    if asked.year:
        found = found.filter(opens_on__year=int(asked.year))
    open_first = Case(When(standing_is(Standing.OPEN, on=on), then=0), default=1)
    ordered = found.order_by(open_first, "-opens_on", "-page_ptr_id").defer("body")
    pages = Paginator(ordered, A_PAGE).get_page(asked.page)
    counts = dict(public.values_list("kind").annotate(Count("pk")).order_by())
    years = public.annotate(year_of=ExtractYear("opens_on")).order_by("-year_of")
    return Listed(
        asked,
        [row_of(page, on=on) for page in pages],
        pages,
        [(value, str(label), counts[value]) for value, label in Kind.choices if value in counts],
        list(years.values_list("year_of", flat=True).distinct()),
        [(value, str(label)) for value, label in Standing.choices],
    )


def public_below(window: OpennessPage) -> PageQuerySet:
    """Return what everybody may read in the window."""
    return DisclosurePage.objects.live().child_of(window).filter(view_restrictions=None)


def row_of(page: DisclosurePage, *, on: date) -> Row:
    """Return the disclosure as a row of a list."""
    return Row(page, standing_of(page, on=on), days_left(page, on=on))


def shown(page: DisclosurePage, *, on: date) -> dict[str, Any]:
    """Return what its page shows besides its own fields. 3 queries."""
    window = page.get_parent()
    standing = standing_of(page, on=on)
    return {
        "trail": [(window.title, window.get_url()), (page.title, "")],
        "description": page.search_description or page.intro,
        "standing": standing,
        "takes_opinions": standing == Standing.OPEN,
        "days_left": days_left(page, on=on),
        "share": share_passed(page, on=on),
        "papers": page.papers.select_related("document"),
        "corrections": page.corrections.order_by("on", "sort_order"),
    }
