"""Stations that speak HJ 212: giving one its password, which is shown once and kept only as a hash."""

import secrets

from telemetry.credentials import hash_password
from telemetry.models import Hj212Station

# The standard gives PW six characters. Guessing is slowed down by the listener.
LENGTH = 6
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that looks like something else


def issue_station_password(*, station: Hj212Station) -> str:
    """Give `station` a new password and return it; the one before stops working within seconds."""
    password = "".join(secrets.choice(_ALPHABET) for _ in range(LENGTH))
    station.password_hash = hash_password(password)
    station.save(update_fields=["password_hash"])
    return password
