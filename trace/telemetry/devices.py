"""Devices: giving one its password, which is shown once and kept only as a hash."""

from telemetry.credentials import hash_password, new_password
from telemetry.models import Device


def issue_password(*, device: Device) -> str:
    """Give `device` a new password and return it; the one before stops working at its next sign-in."""
    password = new_password()
    device.password_hash = hash_password(password)
    device.save(update_fields=["password_hash"])
    return password
