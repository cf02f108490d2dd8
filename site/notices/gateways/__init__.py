"""Gateways: functions that hand one message to the outside and raise when it was not taken."""

from collections.abc import Mapping
from dataclasses import dataclass


class GatewayError(RuntimeError):
    """The gateway refused the message or could not be reached; the text says why."""


@dataclass(frozen=True, slots=True)
class Message:
    """What a gateway needs: SMS providers bill registered templates, so they get kind and parameters too."""

    kind: str
    to: str
    subject: str
    text: str
    params: Mapping[str, str]
