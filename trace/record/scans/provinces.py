"""Provinces of China as scans name them, and how far apart two of them are at the least.

Centres are those of the seats of government, in degrees; the reach is about how far the province's land
goes from there, in km. Two provinces are as far apart as their centres less both reaches, so neighbours
are 0 km apart: a rule that asks for a distance says too little rather than too much.
"""

from math import asin, cos, radians, sin, sqrt
from typing import Final

_EARTH_KM: Final = 6371.0
# name: latitude, longitude, reach
PROVINCES: Final[dict[str, tuple[float, float, int]]] = {
    "北京": (39.90, 116.41, 120),
    "天津": (39.13, 117.20, 100),
    "河北": (38.04, 114.51, 450),
    "山西": (37.87, 112.55, 400),
    "内蒙古": (40.82, 111.77, 1600),
    "辽宁": (41.80, 123.43, 350),
    "吉林": (43.90, 125.33, 450),
    "黑龙江": (45.80, 126.53, 850),
    "上海": (31.23, 121.47, 80),
    "江苏": (32.06, 118.80, 350),
    "浙江": (30.27, 120.15, 350),
    "安徽": (31.82, 117.23, 350),
    "福建": (26.07, 119.30, 400),
    "江西": (28.68, 115.86, 450),
    "山东": (36.65, 117.12, 450),
    "河南": (34.76, 113.65, 350),
    "湖北": (30.59, 114.31, 550),
    "湖南": (28.23, 112.94, 450),
    "广东": (23.13, 113.26, 450),
    "广西": (22.82, 108.37, 450),
    "海南": (20.04, 110.32, 250),
    "重庆": (29.56, 106.55, 350),
    "四川": (30.57, 104.07, 700),
    "贵州": (26.65, 106.63, 350),
    "云南": (25.04, 102.71, 550),
    "西藏": (29.65, 91.17, 1200),
    "陕西": (34.34, 108.94, 500),
    "甘肃": (36.06, 103.83, 1100),
    "青海": (36.62, 101.78, 1000),
    "宁夏": (38.49, 106.23, 300),
    "新疆": (43.83, 87.62, 1400),
    "香港": (22.32, 114.17, 50),
    "澳门": (22.20, 113.55, 20),
    "台湾": (25.03, 121.57, 350),
}


def province_of(place: str) -> str:
    """Return the province that a place such as `山西 太原` or `山西省长治市` begins with, else ""."""
    for length in (2, 3):  # 内蒙古 and 黑龙江 have three characters
        if place[:length] in PROVINCES:
            return place[:length]
    return ""


def least_km(one: str, other: str) -> float:
    """Return how far apart two provinces are at the least, 0 for neighbours and for names unknown."""
    if one == other or one not in PROVINCES or other not in PROVINCES:
        return 0.0
    north, east, reach = PROVINCES[one]
    north_2, east_2, reach_2 = PROVINCES[other]
    return max(0.0, _great_circle(north, east, north_2, east_2) - reach - reach_2)


def _great_circle(north: float, east: float, north_2: float, east_2: float) -> float:
    """Return the distance over the ground in km (haversine)."""
    phi, phi_2 = radians(north), radians(north_2)
    half = sin((phi_2 - phi) / 2) ** 2 + cos(phi) * cos(phi_2) * sin(radians(east_2 - east) / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(half))
