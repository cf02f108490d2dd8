"""What the page in the field offers: bases with their batches, templates, inputs, members. Four queries."""

from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from itertools import groupby

from brand.models import Member
from record.events.register import offered
from record.models import Batch, EventTemplate, Substance
from telemetry.models import Base

MOST_BATCHES = 400  # newest first; a phone carries all of them, so that it can work without a signal


@dataclass(frozen=True, slots=True)
class Ground:
    """A base with the batches that grow on it or came from it, newest first."""

    base: Base
    batches: list[Batch]

    @property
    def products(self) -> set[int]:
        """The keys of the products that grow here."""
        return {batch.product_id for batch in self.batches}


@dataclass(frozen=True, slots=True)
class Choices:
    """Everything there is to choose from."""

    grounds: list[Ground]
    templates: list[EventTemplate]
    substances: list[Substance] = field(default_factory=list)

    @property
    def templates_by_stage(self) -> list[tuple[str, list[EventTemplate]]]:
        """The templates under the name of their stage, stages in their order."""
        stages = list(EventTemplate._meta.get_field("stage").choices or [])
        found = ((label, [each for each in self.templates if each.stage == key]) for key, label in stages)
        return [(str(label), templates) for label, templates in found if templates]

    def ground(self, base: str | None) -> Ground | None:
        """Return the ground of that key, or the first."""
        named = (ground for ground in self.grounds if str(ground.base.pk) == base)
        return next(named, self.grounds[0] if self.grounds else None)

    def ground_of(self, batches: Container[str]) -> Ground | None:
        """Return the ground of these batches (keys as text), or the first."""
        named = (each for each in self.grounds if any(str(batch.pk) in batches for batch in each.batches))
        return next(named, self.ground(None))

    def template(self, key: str | None) -> EventTemplate | None:
        """Return the template of that key."""
        return next((each for each in self.templates if str(each.pk) == key), None)


def open_batches() -> Iterable[Batch]:
    """Return the newest batches, with what is shown of them."""
    return Batch.objects.select_related("product__member", "base__region").order_by("-id")[:MOST_BATCHES]


def choices() -> Choices:
    """Return what can be chosen now."""
    batches = sorted(open_batches(), key=lambda batch: (batch.base.region_id, batch.base.name, batch.base_id))
    grounds = [Ground(base, list(group)) for base, group in groupby(batches, key=lambda batch: batch.base)]
    templates = EventTemplate.objects.filter(is_active=True)
    return Choices(grounds, list(templates), offered())


def members_of(batches: Iterable[Batch]) -> list[Member]:
    """Return who can answer for work on these batches: the members whose products they are, each once."""
    found = {batch.product.member_id: batch.product.member for batch in batches}
    return sorted(found.values(), key=lambda member: member.name)
