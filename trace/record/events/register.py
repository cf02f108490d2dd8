"""The register of inputs: what the label of a named input says, written into the event that used it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from brand.models import Product
from record.events.items import Item
from record.models import Event, Substance


def with_labels(items: Iterable[Item], *, product: Product, before: Iterable[Item] = ()) -> tuple[Item, ...]:
    """Return `items` with registration number and safety interval, where the register has their name.

    What an item says itself stands; next comes what it said `before` (the event that is corrected), then the
    register. An interval for this crop wins over the one for all. One query, none without items.
    """
    items = tuple(items)
    said = {item.what: item for item in before if item.safety_days is not None}
    labels = _labels([item.what for item in items], product)
    return tuple(_with_label(item, said.get(item.what) or labels.get(item.what.lower())) for item in items)


def unknown_pesticides(items: Sequence[Item], *, step: str) -> list[Promise]:
    """Return a sentence for each thing used against pests whose interval nobody knows."""
    if step != Event.Step.PEST_CONTROL:
        return []
    text = _(
        "{what} is not in the register of inputs, so nobody can tell how long to wait before the harvest. "
        "A trace operator enters it there first."
    )
    return [format_lazy(text, what=item.what) for item in items if item.safety_days is None]


def offered(*, product_ids: Iterable[int] | None = None) -> list[Substance]:
    """Return what may be used now, for the forms: of all crops, or of these and for any crop."""
    found = Substance.objects.filter(is_active=True)
    if product_ids is not None:
        found = found.filter(Q(crop__isnull=True) | Q(crop__in=list(product_ids)))
    return list(found)


def _with_label(item: Item, label: Item | None) -> Item:
    if label is None or item.safety_days is not None:
        return item
    return replace(item, registration=item.registration or label.registration, safety_days=label.safety_days)


def _labels(names: Sequence[str], product: Product) -> dict[str, Item]:
    """Return the register's words by lower-case name; a line for the crop comes last and so wins."""
    if not names:
        return {}
    rows = (
        Substance.objects.annotate(key=Lower("name"))
        .filter(Q(crop=None) | Q(crop=product.pk), key__in=[name.lower() for name in names])
        .order_by("crop_id")
        .values_list("key", "crop_id", "registration", "safety_days", "kind")
    )
    found: dict[str, Item] = {}
    for key, _crop, registration, days, kind in sorted(rows, key=lambda row: row[1] is not None):
        known = 0 if days is None and kind != Substance.Kind.PESTICIDE else days
        found[key] = Item(key, registration=registration, safety_days=known)
    return found
