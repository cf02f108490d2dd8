"""Weather that could have been: the same for the same station and moment."""

import math
from datetime import datetime
from hashlib import blake2b

from django.utils import timezone

from telemetry.wind import force


def weather(station: str, at: datetime) -> dict[str, float]:
    """Return all ten metrics of a station at a moment."""
    local = timezone.localtime(at)
    hour = local.hour + local.minute / 60
    season = math.cos((local.timetuple().tm_yday - 201) / 365 * 2 * math.pi)  # 1 in late July
    day = math.cos((hour - 15) / 24 * 2 * math.pi)  # 1 in the afternoon
    spell = _noise(station, f"{local:%Y%j}")  # each day has its own
    wobble = _noise(station, f"{at:%Y%m%d%H%M}")
    temperature = 10.5 + 14 * season + (5.5 + spell) * day + 4 * spell + 0.3 * wobble
    humidity = min(98.0, max(18.0, 55 + 14 * season - 20 * day - 8 * spell + wobble))
    wind = max(0.1, 2.1 + 1.3 * day + 1.6 * spell + 0.7 * wobble)
    dust = max(4.0, 24 - 9 * season + 11 * spell + 2 * wobble)
    return {
        "temperature": round(temperature, 1),
        "humidity": round(humidity, 1),
        "pressure": round(912 - 5 * season + 4 * spell + 0.2 * wobble, 1),
        "wind_speed": round(wind, 1),
        "wind_direction": round((300 + 70 * spell + 18 * wobble) % 360),
        "wind_force": force(round(wind, 1)),
        "pm25": round(dust, 1),
        "pm10": round(dust * 2.1 + 3 * (1 + wobble), 1),
        "tsp": round(dust * 3.8 + 8 * (1 + wobble), 1),
        "noise": round(43 + 6 * max(0.0, day) + 2 * wobble, 1),
    }


def _noise(station: str, moment: str) -> float:
    """Return a number between -1 and 1 that belongs to the moment."""
    digest = blake2b(f"{station} {moment}".encode(), digest_size=4).digest()
    return int.from_bytes(digest, "big") / 2**31 - 1
