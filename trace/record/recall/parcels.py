"""Parcels that carry packages of a batch: the shop knows them, and fills `TRACE_PARCEL_PROVIDERS`.

Each entry is the dotted path of a function `(batches: Collection[int]) -> Iterable[Parcel]`; this app never
imports upward.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class Parcel:
    """One parcel on its way to, or with, a buyer. `batch` is the primary key of the batch in it."""

    number: str
    batch: int
    recipient: str
    contact: str
    serials: tuple[str, ...] = ()
    url: str = ""


Provider = Callable[[Collection[int]], Iterable[Parcel]]


def parcels_with(batches: Collection[int]) -> list[Parcel]:
    """Return the parcels that every provider knows to hold packages of these batches."""
    return [parcel for provider in _providers(tuple(_paths())) for parcel in provider(batches)]


def parcels_are_known() -> bool:
    """Tell whether anybody keeps parcels at all: none affected is another thing than nobody asked."""
    return bool(_paths())


def _paths() -> Iterable[str]:
    return getattr(settings, "TRACE_PARCEL_PROVIDERS", ())


@cache
def _providers(paths: tuple[str, ...]) -> tuple[Provider, ...]:
    return tuple(import_string(path) for path in paths)
