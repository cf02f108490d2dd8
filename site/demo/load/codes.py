"""Codes in the states visitors meet: one void, some scanned; the batches leave fresh and inactive ones."""

import secrets
from datetime import datetime

from demo.load.county import County
from record.codes.voiding import void_code
from record.models import Code
from record.scans.devices import device_mark, new_token
from record.scans.places import Place
from record.scans.recording import record_scan

# days ago, time of day, which phone, province and city
SCANS = (
    (3, "19:12", 0, "山西", "太原"),
    (2, "08:40", 0, "山西", "太原"),
    (1, "12:26", 1, "河北", "石家庄"),
)
QUIET_SCANS = 4  # packages per batch that somebody has looked up once


def add_scans(county: County) -> None:
    """Scan one code three times with two phones, and a few others once, as buyers do."""
    for batch in county.batches.values():
        codes = list(Code.objects.filter(batch=batch, state=Code.State.ACTIVATED).order_by("pk"))
        if not codes or batch.is_recalled:
            continue
        tokens = [new_token(), new_token()]
        for days, clock, phone, province, city in SCANS:
            at = county.calendar.moment(days, clock)
            _scan(codes[0], token=tokens[phone], place=Place(province, city), at=at)
        for code in codes[1 : 1 + QUIET_SCANS]:
            hour, minute = 9 + secrets.randbelow(11), secrets.randbelow(60)
            at = county.calendar.moment(1 + secrets.randbelow(2), f"{hour:02}:{minute:02}")
            _scan(code, token=new_token(), place=Place("山西", "太原"), at=at)


def void_one(county: County) -> None:
    """Void the last code of the batch the content names."""
    words = county.content("batches").get("void")
    if words:
        code = Code.objects.filter(batch=county.batches[words["batch"]]).order_by("-pk")[0]
        at = county.calendar.moment(words["days"], words["time"])
        void_code(serial=code.serial, reason=words["reason"], at=at)


def _scan(code: Code, *, token: str, place: Place, at: datetime) -> None:
    record_scan(serial=code.serial, device=device_mark(token=token, serial=code.serial), place=place, at=at)
