"""The gateway `relay`: the county's own small relay, which passes on what its SMS provider delivers.

It is the counterpart of the relay behind SMS_URL, which sends. It posts JSON `{"id", "from", "text"}`
with two headers: `X-Timestamp` (seconds since 1970) and `X-Signature`, the HMAC-SHA-256 in hexadecimal of
`<timestamp>.<body>` under SMS_INBOUND_SECRET. The answer is JSON `{"to", "text"}` for it to send back.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import msgspec

NAME = "relay"
STALE_AFTER = timedelta(minutes=5)


class BadSignature(PermissionError):
    """Not signed with our secret, or signed too long ago (or ahead)."""


class UnreadableMessage(ValueError):
    """Signed, but not a message."""


class Inbound(msgspec.Struct, frozen=True):
    """One text message: its number at the gateway, the phone it came from, what it says."""

    id: str
    sender: str = msgspec.field(name="from")
    text: str


@dataclass(frozen=True, slots=True)
class Relay:
    """Reads what the relay posts."""

    secret: str

    def receive(self, *, headers: Mapping[str, str], body: bytes, at: datetime) -> Inbound:
        """Return the message of a request.

        Raises:
            BadSignature: it is not the relay's, or not of these five minutes.
            UnreadableMessage: it is no message.
        """
        stamp = headers.get("X-Timestamp", "")
        signature = headers.get("X-Signature", "").lower()
        # as bytes: text that is not ASCII cannot be compared like this
        if not hmac.compare_digest(self.sign(stamp=stamp, body=body).encode(), signature.encode()):
            raise BadSignature("signature")
        if abs(at - _moment(stamp)) > STALE_AFTER:
            raise BadSignature("timestamp")
        try:
            message = msgspec.json.decode(body, type=Inbound)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise UnreadableMessage(str(error)) from error
        if not (0 < len(message.id) <= 80 and 0 < len(message.sender) <= 40):
            raise UnreadableMessage("id or from")
        return message

    def sign(self, *, stamp: str, body: bytes) -> str:
        """Return the signature of a body at that time."""
        return hmac.new(self.secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def _moment(stamp: str) -> datetime:
    try:
        return datetime.fromtimestamp(int(stamp), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise BadSignature("timestamp") from error
