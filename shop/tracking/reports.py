"""What the tracking service reports, as steps of our own. Pure: JSON in, steps out.

Its states (快递100, 高级状态 with resultv2=4): the first figure tells the basic state, some longer ones more.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from shop.fulfilment.models import Parcel
from shop.tracking.models import TrackingEvent
from shop.tracking.tracing import Step

_LOCAL: Final = ZoneInfo("Asia/Shanghai")  # the service writes the wall clock of China
_MOST: Final = 200  # steps of one parcel
State = Parcel.State
STATES: Final[dict[str, str]] = {
    "0": State.IN_TRANSIT, "1": State.COLLECTED, "2": State.TROUBLE, "3": State.DELIVERED,
    "4": State.RETURNED, "5": State.DELIVERING, "501": State.WAITING, "6": State.RETURNED,
    "7": State.IN_TRANSIT, "8": State.IN_TRANSIT, "14": State.RETURNED, "304": State.DELIVERED,
    "302": State.DELIVERED, "301": State.DELIVERED, "101": State.HANDED_OVER, "102": State.HANDED_OVER,
    "103": State.COLLECTED,
}  # fmt: skip


class Unreadable(ValueError):
    """The message does not have the shape of the protocol."""


class _Entry(msgspec.Struct):
    context: str
    ftime: str = ""
    time: str = ""
    area: str = msgspec.field(default="", name="areaName")
    code: str | int = msgspec.field(default="", name="statusCode")


class _Result(msgspec.Struct):
    nu: str
    com: str
    state: str | int = ""
    data: list[_Entry] = []


class _Pushed(msgspec.Struct):
    last: _Result = msgspec.field(name="lastResult")


@dataclass(frozen=True, slots=True)
class Report:
    """What is known of one parcel: carrier, number, its steps from the oldest to the newest."""

    carrier: str
    waybill: str
    steps: tuple[Step, ...]


def read_answer(text: str) -> Report:
    """Return the report in an answer to a question.

    Raises:
        Unreadable: see there.
    """
    try:
        return _report(msgspec.json.decode(text, type=_Result))
    except (msgspec.DecodeError, ValueError) as error:
        raise Unreadable(str(error)) from error


def read_push(text: str) -> Report:
    """Return the report in a pushed message.

    Raises:
        Unreadable: see there.
    """
    try:
        return _report(msgspec.json.decode(text, type=_Pushed).last)
    except (msgspec.DecodeError, ValueError) as error:
        raise Unreadable(str(error)) from error


def _report(result: _Result) -> Report:
    entries = sorted(result.data[:_MOST], key=_at)
    return Report(result.com, result.nu, tuple(_steps(entries, str(result.state))))


def _steps(entries: list[_Entry], overall: str) -> Iterator[Step]:
    """Yield the steps; only the newest may take its state from the whole report."""
    for place, entry in enumerate(entries):
        code = str(entry.code) or (overall if place == len(entries) - 1 else "0")
        yield Step(
            at=_at(entry), state=state_of(code), text=entry.context, place=entry.area,
            source=TrackingEvent.Source.CARRIER,
        )  # fmt: skip


def state_of(code: str) -> str:
    """Return our state for one of theirs; what is new to us is on its way."""
    return STATES.get(code) or STATES.get(code[:1]) or State.IN_TRANSIT


def _at(entry: _Entry) -> datetime:
    return datetime.strptime(entry.ftime or entry.time, "%Y-%m-%d %H:%M:%S").replace(tzinfo=_LOCAL)
