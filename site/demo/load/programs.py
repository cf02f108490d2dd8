"""Programs of others: a token for a member of each county, a station that speaks HJ 212.

Their texts are shown once and kept only as hashes, so they stand beside the demo's other passwords; what
is not known there any more is made again. What somebody revoked stays revoked.
"""

from datetime import datetime
from typing import Any

from api.models import ApiToken, Scope
from api.tokens import make_token
from brand.models import Member
from demo.load.content import COUNTIES
from demo.load.secrets import Secrets
from telemetry.models import Device, Hj212Station
from telemetry.stations import issue_station_password

PROGRAM = "包装车间进销存"
STATIONS = {"140406ZJH0001": "ZJH-01"}  # MN, device


def settle_programs(secrets: Secrets, *, at: datetime) -> None:
    """Make the tokens and the stations that are not there yet."""
    for slug in COUNTIES:
        if _token_name(slug) not in secrets:
            _make_token(slug, secrets, at)
    for mn, device_id in STATIONS.items():
        if _station_name(mn) not in secrets:
            _make_station(mn, device_id, secrets)


def program_facts(secrets: Secrets) -> dict[str, Any]:
    """Return what var/demo.json tells of them."""
    tokens = {slug: secrets[_token_name(slug)] for slug in COUNTIES if _token_name(slug) in secrets}
    stations = [
        {"mn": mn, "pw": secrets[_station_name(mn)], "device": device_id}
        for mn, device_id in STATIONS.items()
        if _station_name(mn) in secrets
    ]
    return {"api": {"url": "/api/v1/", "tokens": tokens}, "hj212": {"stations": stations}}


def _make_token(slug: str, secrets: Secrets, at: datetime) -> None:
    members = Member.objects.filter(region__slug=slug, products__batches__isnull=False)
    member = members.order_by("pk").first()
    if member is None:
        return
    ApiToken.objects.filter(member=member, name=PROGRAM, revoked_at=None).update(revoked_at=at)
    _token, text = make_token(member=member, name=PROGRAM, scopes=Scope.values, at=at)
    secrets.keep(_token_name(slug), text)


def _make_station(mn: str, device_id: str, secrets: Secrets) -> None:
    device = Device.objects.filter(device_id=device_id).first()
    if device is None:
        return
    station, _made = Hj212Station.objects.get_or_create(mn=mn, defaults={"device": device})
    secrets.keep(_station_name(mn), issue_station_password(station=station))


def _token_name(slug: str) -> str:
    return f"api:{slug}"


def _station_name(mn: str) -> str:
    return f"hj212:{mn}"
