"""Bases with devices whose password is known."""

from typing import Any

import factory
from factory.django import DjangoModelFactory

from brand.models import Region
from telemetry.credentials import hash_password
from telemetry.models import Base, Device, DeviceModel

PASSWORD = "quiet-corn-field"


class RegionForBaseFactory(DjangoModelFactory):
    class Meta:
        model = Region
        django_get_or_create = ("slug",)

    slug = "lucheng"
    name = "潞城"
    full_name = "山西省长治市潞城区"
    adcode = "140406"


class BaseFactory(DjangoModelFactory):
    class Meta:
        model = Base
        django_get_or_create = ("slug",)

    region = factory.SubFactory(RegionForBaseFactory)
    slug = "zhangjiahe"
    name = "张家河大葱标准化示范种植基地"
    place = "潞城区张家河村"


class DeviceModelFactory(DjangoModelFactory):
    class Meta:
        model = DeviceModel

    maker = "某厂"
    name = factory.Sequence(lambda number: f"M{number}")


class DeviceFactory(DjangoModelFactory):
    class Meta:
        model = Device

    base = factory.SubFactory(BaseFactory)
    device_id = factory.Sequence(lambda number: f"ZJH-{number + 1:02d}")
    password_hash = factory.LazyFunction(lambda: hash_password(PASSWORD))


def other_base(**fields: Any) -> Base:
    region = RegionForBaseFactory(slug="daning", name="大宁", full_name="山西省临汾市大宁县", adcode="141030")
    return BaseFactory(**{"region": region, "slug": "yuanshang", "name": "塬上苹果基地", **fields})
