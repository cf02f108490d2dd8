"""The head of a data segment: what is asked for, by whom, and whether an answer is waited for. Pure."""

import re
from typing import NamedTuple

from telemetry.ingest.hj212.frames import frame
from telemetry.ingest.shapes.hj212 import SEGMENT, VERSIONS, pairs

_SAFE = re.compile(r"[0-9A-Za-z_.-]{0,40}", re.ASCII)
_ANSWERS_WANTED, _IN_PARTS = 0b01, 0b10  # bits A and D of Flag

# QnRtn, HJ 212-2017 table 5
PW_WRONG, MN_WRONG, ST_WRONG, FLAG_WRONG, CN_WRONG, CRC_WRONG = 3, 4, 5, 6, 8, 9
_REQUEST, _NOTICE, _DATA = "9011", "9013", "9014"  # answers
_CLOCK = "1013"  # a station asks to have its clock set: a notice, not data
_SYSTEM = "91"  # ST of the talk between machines


class Head(NamedTuple):
    """The fields before `CP`; what is not there or holds what it cannot is empty."""

    qn: str = ""
    st: str = ""
    cn: str = ""
    pw: str = ""
    mn: str = ""
    flag: int = 0

    @property
    def version(self) -> int:
        """1 for 2017, 2 for 2025."""
        return self.flag >> 2

    @property
    def is_known_version(self) -> bool:
        """Whether it is one we read."""
        return self.version in VERSIONS

    @property
    def wants_answer(self) -> bool:
        """Whether the station repeats the frame until it is answered."""
        return bool(self.flag & _ANSWERS_WANTED)

    @property
    def is_part(self) -> bool:
        """Whether what it says is spread over several frames."""
        return bool(self.flag & _IN_PARTS)


def read_head(data: bytes) -> Head:
    """Return the head of a data segment; an empty one when there is none."""
    named = pairs(data.partition(b"CP=")[0].decode("ascii", "replace"))
    fields = {name: named.get(name.upper(), "") for name in ("qn", "st", "cn", "pw", "mn")}
    safe = {name: value if _SAFE.fullmatch(value) else "" for name, value in fields.items()}
    flag = named.get("Flag", "4")
    return Head(**safe, flag=int(flag) if re.fullmatch(r"\d{1,3}", flag, re.ASCII) else 0)


def acknowledgement(head: Head) -> bytes:
    """Return the frame that says: it is in the database (9014), or the notice was heard (9013)."""
    return _answer(head, _NOTICE if head.cn == _CLOCK else _DATA, "")


def refusal(head: Head, problem: int) -> bytes:
    """Return the frame that says which field is wrong (9011, QnRtn)."""
    return _answer(head, _REQUEST, f"QnRtn={problem}")


def _answer(head: Head, command: str, content: str) -> bytes:
    """Return an answer; it carries the QN of what it answers."""
    flag = (head.version if head.is_known_version else 1) << 2
    return frame(
        f"QN={head.qn};ST={_SYSTEM};CN={command};PW={head.pw};MN={head.mn};Flag={flag};CP=&&{content}&&"
    )


class Times:
    """Remembers the DataTime of data that comes in parts: only the first of them need carry it."""

    MOST = 64

    def __init__(self) -> None:
        self._known: dict[tuple[str, str, str], str] = {}

    def complete(self, head: Head, piece: bytes, data: bytes) -> bytes:
        """Return the frame `piece` with the time of its first part where it has none of its own."""
        match = SEGMENT.fullmatch(data.decode("utf-8", "replace"))
        if not head.is_part or not match:
            return piece
        key = (head.mn, head.cn, head.qn)
        groups = [pairs(group.replace(",", ";")) for group in match[2].split(";")]
        own = next((group["DataTime"] for group in groups if "DataTime" in group), "")
        if own:
            self._remember(key, own)
            return piece
        time = self._known.get(key)
        return frame(f"{match[1]}CP=&&DataTime={time};{match[2]}&&") if time else piece

    def _remember(self, key: tuple[str, str, str], time: str) -> None:
        if len(self._known) >= self.MOST:
            self._known.clear()
        self._known[key] = time
