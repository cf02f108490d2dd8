"""Links of a product that other areas know of: where to buy it, where to read about it.

An upper area fills `TRACE_LINK_PROVIDERS` with dotted paths of functions `(product) ->
Iterable[ProductLink]`; for one package `TRACE_CODE_LINK_PROVIDERS`, `(code) -> …`, without a query. This app
never imports upward.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from brand.models import Product
from record.models import Code


@dataclass(frozen=True, slots=True)
class ProductLink:
    """A link for visitors of the record; `kind` is `buy` or `read`."""

    kind: str
    label: str | Promise
    url: str


Provider = Callable[[Product], Iterable[ProductLink]]
CodeProvider = Callable[[Code], Iterable[ProductLink]]


def product_links(product: Product) -> list[ProductLink]:
    """Return what every provider has for `product`, in the order of the setting."""
    paths = tuple(getattr(settings, "TRACE_LINK_PROVIDERS", ()))
    return [link for provider in _providers(paths) for link in provider(product)]


def code_links(code: Code) -> list[ProductLink]:
    """Return what every provider of `TRACE_CODE_LINK_PROVIDERS` has for one package. No query."""
    paths = tuple(getattr(settings, "TRACE_CODE_LINK_PROVIDERS", ()))
    return [link for provider in _code_providers(paths) for link in provider(code)]


@cache
def _code_providers(paths: tuple[str, ...]) -> tuple[CodeProvider, ...]:
    return tuple(import_string(path) for path in paths)


@cache
def _providers(paths: tuple[str, ...]) -> tuple[Provider, ...]:
    return tuple(import_string(path) for path in paths)
