"""HJ 212 text: the protocol of environment monitors in China (HJ 212-2017 and -2025).

The stream such frames come in over TCP, who sends them and what is answered: `telemetry.ingest.hj212`.

##<length><data segment><CRC>\\r\\n
QN=…;ST=22;CN=2011;PW=…;MN=…;Flag=5;CP=&&DataTime=20230601083316;a34004-Rtd=12000,a34004-Flag=N&&
"""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from telemetry.ingest.shapes.samples import HJ212_UNIT, Field, Sample, UnreadablePayload

STATIONS = {"22", "23", "39"}  # air quality, noise, dust
# By command: real time, by minute, by hour, by day; and which of its values is the measured one.
READINGS = {"2011": "Rtd", "2051": "Avg", "2061": "Avg", "2031": "Avg"}
VERSIONS = {1, 2}  # bits 2 to 7 of Flag: 2017, 2025
_NORMAL = "N"
_FRAME = re.compile(r"##(\d{4})(.*)([0-9A-Fa-f]{4})\s*", re.ASCII | re.DOTALL)
SEGMENT = re.compile(r"(.*?)CP=&&(.*)&&", re.DOTALL)


def _shifted(register: int) -> int:
    for _bit in range(8):
        register = (register >> 1) ^ 0xA001 if register & 1 else register >> 1
    return register


_TABLE = [_shifted(register) for register in range(256)]


def checksum(data: bytes) -> int:
    """Return the CRC of HJ 212 appendix A.

    It is not that of Modbus: each byte is combined with the upper half of the register, which moves down.
    """
    register = 0xFFFF
    for byte in data:
        register = _TABLE[(register >> 8) ^ byte]
    return register


def read_hj212(text: str) -> Iterator[Sample]:
    """Yield a sample for each frame of `text`.

    Raises:
        UnreadablePayload: wrong length or CRC, another kind of station or command, an unknown version.
    """
    frames = re.split(r"\s+(?=##\d)", text.strip())
    if len(frames) == 1:
        yield _read_frame(text)
        return
    for frame in frames:
        try:
            yield _read_frame(frame)
        except UnreadablePayload as error:
            yield Sample([], problem=str(error))


def _read_frame(frame: str) -> Sample:
    match = _FRAME.fullmatch(frame)
    if not match:
        raise UnreadablePayload(_("HJ 212: no frame"))
    length, data, crc = match.groups()
    raw = data.encode()
    if int(length) != len(raw):
        raise UnreadablePayload(
            _("HJ 212: %(length)d bytes announced, %(size)d came") % {"length": int(length), "size": len(raw)}
        )
    if int(crc, 16) != checksum(raw):
        raise UnreadablePayload(_("HJ 212: wrong CRC %(crc)s") % {"crc": crc})
    return _read_segment(data)


def _read_segment(data: str) -> Sample:
    match = SEGMENT.fullmatch(data)
    if not match:
        raise UnreadablePayload(_("HJ 212: no data segment"))
    head, body = pairs(match[1]), match[2]
    _refuse_others(head)
    groups = [pairs(group.replace(",", ";")) for group in body.split(";") if group]
    time = next((group["DataTime"] for group in groups if "DataTime" in group), None)
    statistic = READINGS[head["CN"]]
    fields = [field for group in groups for field in _fields(group, statistic)]
    return Sample(fields, time)


def _refuse_others(head: dict[str, str]) -> None:
    if head.get("ST") not in STATIONS:
        raise UnreadablePayload(_("HJ 212: ST=%(code)s is no air station") % {"code": head.get("ST")})
    if head.get("CN") not in READINGS:
        raise UnreadablePayload(_("HJ 212: CN=%(code)s brings no readings") % {"code": head.get("CN")})
    flag = head.get("Flag", "4")
    if not (flag.isascii() and flag.isdigit()) or int(flag[:4]) >> 2 not in VERSIONS:
        raise UnreadablePayload(_("HJ 212: unknown version, Flag=%(flag)s") % {"flag": flag[:20]})


def _fields(group: dict[str, str], statistic: str) -> Iterator[Field]:
    """Yield the measured values of one group; one that the station itself flags is passed on as its flag."""
    for name, value in group.items():
        code, _dash, kind = name.partition("-")
        if kind == statistic:
            flag = group.get(f"{code}-Flag", _NORMAL)
            yield code, value if flag == _NORMAL else f"Flag={flag}", HJ212_UNIT


def pairs(text: str) -> dict[str, str]:
    """Return the `name=value` pairs of a part of a data segment."""
    return {
        name.strip(): value
        for name, equals, value in (part.partition("=") for part in text.split(";"))
        if equals
    }
