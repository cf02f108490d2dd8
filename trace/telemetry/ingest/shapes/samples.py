"""What every shape is read into: the values a device gave one time to."""

from typing import Any, NamedTuple

# In place of a unit: the value is in the unit HJ 212 prescribes for its code.
HJ212_UNIT = "HJ 212"

Field = tuple[str, Any, str | None]  # name the device uses, value as sent, unit if it states one


class Sample(NamedTuple):
    """Fields of one moment. Without a device it is the sender; without a time it is the time of arrival.

    `problem` says why this part of a message gave no fields, so that its other parts are not lost.
    """

    fields: list[Field]
    time: Any = None
    device: str = ""
    problem: str = ""


class UnreadablePayload(ValueError):
    """Nothing of a message can be used; says why."""
