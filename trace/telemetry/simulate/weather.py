"""What a station of a county measures at a moment: seasons, days, weather, and a little noise.

A pure function of county, device and time, so that a history made at once and the live readings that
follow it fit together. The numbers are invented; height and climate are roughly those of the counties.
"""

import math
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple
from zlib import crc32
from zoneinfo import ZoneInfo

from telemetry import wind

_LOCAL = ZoneInfo("Asia/Shanghai")
_DAY = 86_400
_YEAR = 365.25 * _DAY


class Climate(NamedTuple):
    """A county: yearly mean and summer surplus of temperature, ℃; air pressure, hPa; wind; fine dust."""

    mean: float
    surplus: float
    pressure: float
    wind_from: float
    dust: float


CLIMATES = {
    "lucheng": Climate(mean=9.8, surplus=13.5, pressure=908, wind_from=135, dust=34),
    "daning": Climate(mean=10.6, surplus=14, pressure=922, wind_from=260, dust=28),
    "mianchi": Climate(mean=12.6, surplus=13, pressure=958, wind_from=90, dust=38),
    "wenxi": Climate(mean=12.9, surplus=14, pressure=962, wind_from=60, dust=42),
    "hesuo": Climate(mean=8.8, surplus=15.5, pressure=920, wind_from=315, dust=30),
}
_ELSEWHERE = Climate(mean=11, surplus=14, pressure=930, wind_from=180, dust=35)


def measure(*, region: str, device_id: str, at: datetime) -> dict[str, float]:
    """Return the ten metrics of that device at that time, in the units of `Metric`."""
    climate = CLIMATES.get(region, _ELSEWHERE)
    drift = _drifts(device_id, at.timestamp())
    local = at.astimezone(_LOCAL)
    hour = local.hour + local.minute / 60 + local.second / 3600
    warmth = _day_wave(hour, peak=15)
    temperature = _season(climate, at) + 6.2 * warmth + 4 * drift("air", 60) + 0.15 * drift("sensor", 0.02)
    speed = max(
        0.0, 1.6 + 1.1 * _day_wave(hour, peak=14.5) + 1.3 * drift("wind", 5) + 0.5 * drift("gust", 0.03)
    )
    dust = climate.dust * _dust_of_day(hour) * math.exp(0.6 * drift("haze", 40)) / (0.8 + 0.12 * speed)
    pm25 = max(2.0, dust + 1.2 * drift("count", 0.03))
    pm10 = pm25 * (1.55 + 0.2 * drift("coarse", 8)) + 4
    return {
        "pm25": round(pm25, 1),
        "pm10": round(pm10, 1),
        "tsp": round(pm10 * 1.5 + 6 * speed, 1),
        "noise": round(43 + 6 * _day_wave(hour, peak=13) + 3 * drift("birds", 0.4) + drift("step", 0.01), 1),
        "temperature": round(temperature, 1),
        "humidity": round(min(98.0, max(14.0, 60 - 17 * warmth + 16 * drift("moist", 30))), 1),
        "pressure": round(climate.pressure + 5 * drift("front", 70) + 1.1 * _day_wave(hour * 2, peak=20), 1),
        "wind_speed": round(speed, 1),
        "wind_direction": round((climate.wind_from + 70 * drift("turn", 9) + 8 * drift("vane", 0.02)) % 360),
        "wind_force": float(wind.force(speed)),
    }


def _season(climate: Climate, at: datetime) -> float:
    """Return the mean of the day: warmest in the last week of July."""
    return climate.mean + climate.surplus * math.cos(2 * math.pi * (at.timestamp() / _YEAR - 0.563))


def _day_wave(hour: float, *, peak: float) -> float:
    return math.cos(2 * math.pi * (hour - peak) / 24)


def _dust_of_day(hour: float) -> float:
    """Return how dusty an hour is: stoves and traffic in the morning and the evening, clear afternoons."""
    return 1 + 0.3 * math.exp(-(((hour - 8) / 2.2) ** 2)) + 0.35 * math.exp(-(((hour - 20.5) / 3) ** 2))


def _drifts(device_id: str, seconds: float) -> Callable[[str, float], float]:
    """Return a function `drift(name, hours)`: a smooth random walk between -1 and 1 that turns in `hours`."""

    def drift(name: str, hours: float) -> float:
        step, part = divmod(seconds / (hours * 3600), 1)
        weight = (1 - math.cos(math.pi * part)) / 2
        return _chance(device_id, name, step) * (1 - weight) + _chance(device_id, name, step + 1) * weight

    return drift


def _chance(device_id: str, name: str, step: float) -> float:
    return crc32(f"{device_id}/{name}/{step:.0f}".encode()) / 2**31 - 1
