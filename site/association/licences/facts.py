"""Every field of a certificate as the public page shows it, from the same frozen words."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from brand.licences.papers.words import Words
from brand.licences.uses import use_names
from brand.models import Member
from lib.nice import CLASSES


@dataclass(frozen=True, slots=True)
class Printed:
    """What the template cannot look up by itself."""

    kind: Promise | str
    classes: list[tuple[int, Promise | str]]
    uses: list[Promise | str]
    valid_from: date
    valid_to: date
    issued_on: date | None


def printed_facts(words: Words) -> Printed:
    """Return the fields of a certificate that are codes or dates, in the language of the page."""
    kinds = Member.Kind.values
    return Printed(
        kind=Member.Kind(words["kind"]).label if words["kind"] in kinds else _("not recorded"),
        classes=[(number, CLASSES.get(number, "")) for number in words["classes"]],
        uses=use_names(words["uses"]),
        valid_from=_day(words, "valid_from"),
        valid_to=_day(words, "valid_to"),
        issued_on=_day(words, "issued_on") if words["issued_on"] else None,
    )


def _day(words: dict[str, Any], key: str) -> date:
    return date.fromisoformat(words[key])
