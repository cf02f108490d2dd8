"""Where it grows: bases and the stations in them."""

from demo.load.content import COUNTIES, read
from demo.load.county import County
from demo.load.secrets import Secrets
from telemetry.credentials import hash_password
from telemetry.models import Base, Device, DeviceModel

MAKER, MODEL = "风土", "模拟气象站"
INTERVAL = 600  # s between two readings, as it stands in the register


def add_bases(county: County) -> None:
    """Add the bases with their stations, whose passwords are made at random."""
    model, _made = DeviceModel.objects.get_or_create(maker=MAKER, name=MODEL)
    for words in county.content("bases")["base"]:
        devices = words.pop("device", [])
        words["about"] = words["about"].strip()
        base = county.bases[words["slug"]] = Base.objects.create(region=county.region, **words)
        for device in devices:
            Device.objects.create(
                base=base,
                device_id=device["device_id"],
                name=device["name"],
                model=model,
                password_hash=hash_password(county.secrets[device["device_id"]]),
                interval_seconds=INTERVAL,
                asset_number=f"{device['device_id']}-QX",
                supplier="示例供货商",
                purchased_on=county.calendar.day(400),
                price="12800.00",
                standard="GB/T 33703-2017",
                warranty_until=county.calendar.day(-330),
                calibrated_on=county.calendar.day(120),
                calibration_due=county.calendar.day(-245),
                keeper="赵芳",
                spot="地头空旷处，离树二十米",
            )


def renew_lost_passwords(secrets: Secrets) -> None:
    """Give the demo's stations new passwords where ours are not known any more."""
    for county in COUNTIES:
        for base in read(county, "bases")["base"]:
            for device in base.get("device", []):
                _renew(device["device_id"], secrets)


def _renew(device_id: str, secrets: Secrets) -> None:
    if device_id not in secrets:
        hashed = hash_password(secrets[device_id])
        Device.objects.filter(device_id=device_id).update(password_hash=hashed)
