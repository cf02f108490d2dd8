"""How frames travel between processes: one Redis message per batch, one line per frame."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from telemetry.live.frames import Frame, parse

# In place of a base: frames were lost on the way, everybody needs a new snapshot.
LOST = "*"


def channel(url: str) -> str:
    """Return the channel of the deployment at `url`; Redis pub/sub does not keep databases apart, we do."""
    return f"fengtu.live.{urlsplit(url).path.strip('/') or 0}"


def pack(frames: Iterable[Frame], *, lost: bool = False) -> bytes:
    """Return a batch as lines of base and frame; `lost` asks for new snapshots first."""
    lines = [f"{frame.base} {frame.websocket['text']}" for frame in frames]
    return "\n".join([LOST, *lines] if lost else lines).encode()


def unpack(message: bytes) -> tuple[list[Frame], bool]:
    """Return the frames of a batch, and whether frames were lost before it.

    Raises:
        ValueError: the message is none of ours.
    """
    lines = message.decode().split("\n")
    lost = lines[0] == LOST
    pairs = (line.partition(" ") for line in lines[lost:])
    return [parse(base, text) for base, _, text in pairs], lost
