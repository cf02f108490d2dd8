"""Reads of the standards library: by step of the way and by crop, with how many each choice leads to."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from brand.editions.standing import History, history
from brand.models import Crop, Region, Standard


@dataclass(frozen=True, slots=True)
class Asked:
    """What a visitor asked for: a step, a crop by its key, both, or nothing."""

    stage: str = ""
    crop: int = 0

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Asked":
        """Read the query; what makes no sense is left out."""
        stage, crop = query.get("stage", ""), query.get("crop", "")
        known = stage if stage in Standard.Stage.values else ""
        # isdecimal takes full-width digits too, and int() reads them
        return cls(known, int(crop) if crop.isdecimal() and len(crop) < 10 else 0)

    @property
    def query(self) -> str:
        """The address of this choice; "?" for everything, so that a link leaves the others behind."""
        chosen = {"stage": self.stage, "crop": self.crop or ""}
        return f"?{urlencode({name: value for name, value in chosen.items() if value})}"

    def fits(self, standard: Standard) -> bool:
        """Tell whether a standard is asked for. One without crops holds for all of them."""
        if self.stage and standard.stage != self.stage:
            return False
        crops = {crop.pk for crop in standard.crops.all()}
        return not self.crop or not crops or self.crop in crops


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice of the filter: its words, its address, how many it leads to, whether it is chosen."""

    label: str
    query: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class DatedStandard:
    """A standard and its editions on one day."""

    standard: Standard
    history: History


@dataclass(frozen=True, slots=True)
class Library:
    """What was asked for, and what else could be."""

    found: tuple[DatedStandard, ...]
    total: int
    stages: tuple[Choice, ...]
    crops: tuple[Choice, ...]


def library_of(region: Region | None, *, asked: Asked, on: date) -> Library:
    """Return the public standards of a county that were asked for. 3 queries.

    A county has dozens of standards, not thousands, so counting is done here.
    """
    public = Standard.objects.filter(region=region, is_public=True)
    standards = list(public.prefetch_related("editions", "crops"))
    standards.sort(key=lambda one: (Standard.Stage.values.index(one.stage), one.number, one.pk))
    crops = {crop.pk: crop for standard in standards for crop in standard.crops.all()}
    asked = asked if asked.crop in crops else replace(asked, crop=0)
    return Library(
        found=tuple(_dated(standard, on) for standard in standards if asked.fits(standard)),
        total=len(standards),
        stages=tuple(_stages(standards, asked)),
        crops=tuple(_crops(standards, crops.values(), asked)),
    )


def _dated(standard: Standard, on: date) -> DatedStandard:
    return DatedStandard(standard, history(standard.editions.all(), on=on))


def _stages(standards: list[Standard], asked: Asked) -> Iterator[Choice]:
    for value, label in [("", ""), *Standard.Stage.choices]:
        wanted = replace(asked, stage=value)
        count = sum(map(wanted.fits, standards))
        yield Choice(str(label), wanted.query, count, asked.stage == value)


def _crops(standards: list[Standard], crops: Iterable[Crop], asked: Asked) -> Iterator[Choice]:
    named = sorted(((crop.pk, crop.label) for crop in crops), key=lambda one: one[1])
    for key, label in [(0, ""), *named]:
        wanted = replace(asked, crop=key)
        yield Choice(label, wanted.query, sum(map(wanted.fits, standards)), asked.crop == key)
