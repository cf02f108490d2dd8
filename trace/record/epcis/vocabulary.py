"""Our steps in the words of the Core Business Vocabulary (GS1 CBV 2.0). Pure.

The field has no words of its own in the CBV: what happens between sowing and harvest is `other` there, and
our own word stands beside it as an extension.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from record.models import Event

Step, Stage = Event.Step, Event.Stage
ADD, OBSERVE, DELETE = "ADD", "OBSERVE", "DELETE"
STEP_PREFIXES = ("https://ref.gs1.org/cbv/BizStep-", "urn:epcglobal:cbv:bizstep:")
DISPOSITION_PREFIXES = ("https://ref.gs1.org/cbv/Disp-", "urn:epcglobal:cbv:disp:")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a step is in EPCIS."""

    biz_step: str
    disposition: str
    action: str = OBSERVE


_OTHER = Meaning("other", "in_progress")
STEPS: dict[str, Meaning] = {
    Step.SOWING: Meaning("creating_class_instance", "in_progress", ADD),
    Step.FERTILISING: _OTHER,
    Step.IRRIGATION: _OTHER,
    Step.PEST_CONTROL: _OTHER,
    Step.INSPECTION: Meaning("inspecting", "in_progress"),
    Step.HARVEST: Meaning("commissioning", "active", ADD),
    Step.SORTING: _OTHER,
    Step.DRYING: _OTHER,
    Step.PACKING: Meaning("packing", "in_progress"),
    Step.STORING: Meaning("storing", "sellable_not_accessible"),
    Step.SHIPPING: Meaning("shipping", "in_transit"),
    Step.RECEIVING: Meaning("receiving", "in_progress"),
    Step.SELLING: Meaning("retail_selling", "retail_sold"),
    Step.OTHER: _OTHER,
}
# An event that does not say what kind of work it was is known by its stage.
STAGES: dict[str, Meaning] = {
    Stage.PLANTING: STEPS[Step.SOWING],
    Stage.PRODUCTION: _OTHER,
    Stage.PROCESSING: _OTHER,
    Stage.STORAGE: STEPS[Step.STORING],
    Stage.CIRCULATION: Meaning("transporting", "in_transit"),
    Stage.SALE: STEPS[Step.SELLING],
    Stage.SERVICE: _OTHER,
}
# What partners hand in, as stage and step of ours; anything else is work in circulation.
PARTNER_STEPS: dict[str, tuple[str, str]] = {
    "accepting": (Stage.CIRCULATION, Step.RECEIVING),
    "arriving": (Stage.CIRCULATION, Step.RECEIVING),
    "receiving": (Stage.CIRCULATION, Step.RECEIVING),
    "departing": (Stage.CIRCULATION, Step.SHIPPING),
    "shipping": (Stage.CIRCULATION, Step.SHIPPING),
    "transporting": (Stage.CIRCULATION, Step.SHIPPING),
    "loading": (Stage.CIRCULATION, Step.SHIPPING),
    "unloading": (Stage.CIRCULATION, Step.RECEIVING),
    "storing": (Stage.STORAGE, Step.STORING),
    "stocking": (Stage.STORAGE, Step.STORING),
    "holding": (Stage.STORAGE, Step.STORING),
    "packing": (Stage.PROCESSING, Step.PACKING),
    "repackaging": (Stage.PROCESSING, Step.PACKING),
    "inspecting": (Stage.CIRCULATION, Step.INSPECTION),
    "sampling": (Stage.CIRCULATION, Step.INSPECTION),
    "retail_selling": (Stage.SALE, Step.SELLING),
    "dispensing": (Stage.SALE, Step.SELLING),
}


def meaning(*, step: str, stage: str) -> Meaning:
    """Return what an event of ours is in EPCIS."""
    return STEPS[step] if step else STAGES[stage]


def bare(word: str, prefixes: tuple[str, ...]) -> str:
    """Return the bare word of a vocabulary term given as bare word, URI or URN."""
    for prefix in prefixes:
        if word.startswith(prefix):
            return word.removeprefix(prefix)
    return word


def meant_by(field: str, words: set[str]) -> tuple[list[str], list[str]]:
    """Return the steps, and the stages of events without one, whose `field` of `Meaning` is among `words`."""
    return list(_matching(STEPS, field, words)), list(_matching(STAGES, field, words))


def _matching(table: dict[str, Meaning], field: str, words: set[str]) -> Iterator[str]:
    return (str(name) for name, entry in table.items() if getattr(entry, field) in words)
