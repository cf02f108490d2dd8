"""The parameters of an EPCIS query (EPCIS 2.0, 8.2.7.1). Pure: a query string in, a typed question out."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.http import QueryDict

from record.epcis.identifiers import BadIdentifier, Pattern, read_identifier
from record.epcis.vocabulary import DISPOSITION_PREFIXES, STEP_PREFIXES, bare

DEFAULT_PAGE, LARGEST_PAGE, MOST_VALUES = 30, 500, 50
EVENT_TYPES = {
    "ObjectEvent",
    "AggregationEvent",
    "TransformationEvent",
    "TransactionEvent",
    "AssociationEvent",
}
ACTIONS = {"ADD", "OBSERVE", "DELETE"}


class BadParameter(ValueError):
    """A parameter nobody knows, or a value that cannot be one (EPCIS: QueryParameterException)."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for. Conditions are joined by and, values of one condition by or; None asks nothing."""

    epcs: tuple[Pattern, ...] | None = None  # MATCH_epc: in the list of the event itself
    any_epcs: tuple[Pattern, ...] | None = None  # MATCH_anyEPC: concerned in any way
    classes: tuple[Pattern, ...] | None = None  # MATCH_epcClass
    event_from: datetime | None = None
    event_before: datetime | None = None
    record_from: datetime | None = None
    record_before: datetime | None = None
    steps: frozenset[str] | None = None
    dispositions: frozenset[str] | None = None
    actions: frozenset[str] | None = None
    types: frozenset[str] | None = None
    order_by: str = "recordTime"
    descending: bool = False
    per_page: int = DEFAULT_PAGE
    page_token: str = ""
    asked: dict[str, list[str]] = field(default_factory=dict)


def read_question(query: QueryDict) -> Question:
    """Return what the query string asks for.

    Raises:
        BadParameter: saying which parameter, and why.
    """
    question = Question(
        asked={name: query.getlist(name) for name in sorted(query) if name != "nextPageToken"}
    )
    for name in query:
        reader = _READERS.get(name)
        if reader is None:
            raise BadParameter(f"{name} is not a parameter of this interface")
        values = [value for part in query.getlist(name) for value in part.split("|") if value]
        if not 1 <= len(values) <= MOST_VALUES:
            raise BadParameter(f"{name} takes 1 to {MOST_VALUES} values")
        question = replace(question, **reader(name, values))
    return question


Reader = Callable[[str, list[str]], dict[str, Any]]


def _patterns(target: str) -> Reader:
    def read(name: str, values: list[str]) -> dict[str, Any]:
        try:
            return {target: tuple(read_identifier(value) for value in values)}
        except BadIdentifier as error:
            raise BadParameter(f"{name}: {error} is neither a GS1 Digital Link nor an EPC URN") from error

    return read


def _time(target: str) -> Reader:
    def read(name: str, values: list[str]) -> dict[str, Any]:
        try:
            # an unescaped plus of an offset arrives as a space
            moment = datetime.fromisoformat(values[-1].replace(" ", "+"))
        except ValueError as error:
            raise BadParameter(f"{name}: {values[-1]} is not an ISO 8601 time") from error
        if moment.tzinfo is None:
            raise BadParameter(f"{name}: {values[-1]} has no time zone")
        return {target: moment}

    return read


def _words(target: str, prefixes: tuple[str, ...] = (), known: set[str] | None = None) -> Reader:
    def read(name: str, values: list[str]) -> dict[str, Any]:
        words = frozenset(bare(value, prefixes) for value in values)
        if known is not None and (strange := words - known):
            raise BadParameter(
                f"{name}: {', '.join(sorted(strange))} is not one of {', '.join(sorted(known))}"
            )
        return {target: words}

    return read


def _page_size(name: str, values: list[str]) -> dict[str, Any]:
    text = values[-1]
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= LARGEST_PAGE):
        raise BadParameter(f"{name} is a number from 1 to {LARGEST_PAGE}")
    return {"per_page": int(text)}


def _one_of(target: str, choices: dict[str, Any]) -> Reader:
    def read(name: str, values: list[str]) -> dict[str, Any]:
        if values[-1] not in choices:
            raise BadParameter(f"{name} is one of {', '.join(choices)}")
        return {target: choices[values[-1]]}

    return read


def _token(name: str, values: list[str]) -> dict[str, Any]:
    return {"page_token": values[-1]}


_READERS: dict[str, Reader] = {
    "MATCH_epc": _patterns("epcs"),
    "MATCH_anyEPC": _patterns("any_epcs"),
    "MATCH_epcClass": _patterns("classes"),
    "MATCH_anyEPCClass": _patterns("classes"),
    "GE_eventTime": _time("event_from"),
    "LT_eventTime": _time("event_before"),
    "GE_recordTime": _time("record_from"),
    "LT_recordTime": _time("record_before"),
    "EQ_bizStep": _words("steps", STEP_PREFIXES),
    "EQ_disposition": _words("dispositions", DISPOSITION_PREFIXES),
    "EQ_action": _words("actions", known=ACTIONS),
    "eventType": _words("types", known=EVENT_TYPES),
    "orderBy": _one_of("order_by", {"eventTime": "eventTime", "recordTime": "recordTime"}),
    "orderDirection": _one_of("descending", {"ASC": False, "DESC": True}),
    "perPage": _page_size,
    "nextPageToken": _token,
}
