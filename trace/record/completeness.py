"""How complete a record is: which facts a batch should have, and which of them it has. Pure.

What is missing is shown where it would stand; this table is the measure.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from record.events.history import Step
from record.models import Event

Stage = Event.Stage


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a batch. `steps` are its events as they hold now."""

    planted: bool
    harvested: bool
    weighed: bool
    certified: bool
    tested: bool
    steps: tuple[Step, ...] = ()

    def names_people(self) -> bool:
        """Tell whether each step names somebody, and who answers for it where it must."""
        return bool(self.steps) and all(
            step.responsible or (step.actor and not step.needs_responsible) for step in self.steps
        )

    def is_attested(self) -> bool:
        """Tell whether somebody attested to a step, and to each where it must be."""
        return any(step.attested_by for step in self.steps) and all(
            step.attested_by or not step.needs_witness for step in self.steps
        )

    def at(self, stage: str) -> list[Step]:
        """Return the events of a stage."""
        return [step for step in self.steps if step.stage == stage]


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact a record should hold. `where` is the stage it belongs to, or `batch` or `papers`."""

    key: str
    label: Promise
    hint: Promise
    where: str
    holds: Callable[[Known], object]
    produce_only: bool = False


FACTS: tuple[Fact, ...] = (
    Fact(
        "seed",
        _("Where the seed comes from"),
        _("No seed or seedling lot was recorded."),
        Stage.PLANTING,
        lambda known: any(step.inputs for step in known.at(Stage.PLANTING)),
        produce_only=True,
    ),
    Fact(
        "planted",
        _("When it was planted"),
        _("No day of planting was recorded."),
        Stage.PLANTING,
        lambda known: known.planted or known.at(Stage.PLANTING),
        produce_only=True,
    ),
    Fact(
        "production",
        _("How it was tended or made"),
        _("No step of production was recorded."),
        Stage.PRODUCTION,
        lambda known: known.at(Stage.PRODUCTION),
    ),
    Fact(
        "harvested",
        _("When it was harvested"),
        _("No day of harvest was recorded."),
        Stage.PRODUCTION,
        lambda known: known.harvested,
        produce_only=True,
    ),
    Fact(
        "processing",
        _("How it was sorted and packed"),
        _("Sorting and packing were not recorded."),
        Stage.PROCESSING,
        lambda known: known.at(Stage.PROCESSING),
    ),
    Fact(
        "storage",
        _("How it was stored"),
        _("Place and conditions of storage were not recorded."),
        Stage.STORAGE,
        lambda known: known.at(Stage.STORAGE),
    ),
    Fact(
        "circulation",
        _("How it travelled"),
        _("No journey was recorded."),
        Stage.CIRCULATION,
        lambda known: known.at(Stage.CIRCULATION),
    ),
    Fact(
        "sale",
        _("Where it was sold"),
        _("No sale was recorded."),
        Stage.SALE,
        lambda known: known.at(Stage.SALE),
    ),
    Fact("quantity", _("Quantity"), _("The batch was not weighed."), "batch", lambda known: known.weighed),
    Fact(
        "people",
        _("Who did each step"),
        _("Some steps name nobody."),
        "batch",
        Known.names_people,
    ),
    Fact(
        "attested",
        _("Who attested to it"),
        _("No step has a witness."),
        "batch",
        Known.is_attested,
    ),
    Fact(
        "photos",
        _("Photos"),
        _("No photo was taken."),
        "batch",
        lambda known: any(step.photos for step in known.steps),
    ),
    Fact(
        "certificate",
        _("Conformity certificate"),
        _("No 承诺达标合格证 was issued."),
        "papers",
        lambda known: known.certified,
        produce_only=True,
    ),
    Fact(
        "residues",
        _("Residue test"),
        _("No test for residues was recorded."),
        "papers",
        lambda known: known.tested,
        produce_only=True,
    ),
)
BY_KEY = {fact.key: fact for fact in FACTS}


@dataclass(frozen=True, slots=True)
class Completeness:
    """The score: for each expected fact, by key, whether it is recorded."""

    marks: tuple[tuple[str, bool], ...]

    @property
    def total(self) -> int:
        """How many facts the record should hold."""
        return len(self.marks)

    @property
    def recorded(self) -> int:
        """How many it holds."""
        return sum(holds for _key, holds in self.marks)

    def missing(self, where: str = "") -> list[Fact]:
        """Return the facts that are not recorded, all or those of one place."""
        facts = (BY_KEY[key] for key, holds in self.marks if not holds)
        return [fact for fact in facts if not where or fact.where == where]


def completeness(known: Known, *, produce: bool) -> Completeness:
    """Return the score; `produce` are things that grow and are sold with a conformity certificate."""
    facts: Iterable[Fact] = (fact for fact in FACTS if produce or not fact.produce_only)
    return Completeness(tuple((fact.key, bool(fact.holds(known))) for fact in facts))
