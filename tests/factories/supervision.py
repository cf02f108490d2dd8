"""Inspections and findings."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from brand.models import Finding, Inspection, InspectionPoint
from tests.factories.brand import LicenceFactory, RegionFactory

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)  # 10:00 in Shanghai


class InspectionPointFactory(DjangoModelFactory):
    class Meta:
        model = InspectionPoint

    region = factory.SubFactory(RegionFactory)
    text = factory.Sequence(lambda n: f"包装上的标和授权书一致 {n}")
    position = factory.Sequence(lambda n: n)


class InspectionFactory(DjangoModelFactory):
    """A planned one; pass `done=True` for one that was done on the day before NOW."""

    class Meta:
        model = Inspection

    class Params:
        done = factory.Trait(
            state=Inspection.State.DONE, done_on=date(2026, 11, 22), summary="看了包装间和库房。"
        )

    number = factory.Sequence(lambda n: f"JC-2025-{n:04d}")
    licence = factory.SubFactory(LicenceFactory)
    planned_on = date(2026, 11, 25)
    inspectors = "郝国平、李建华"


class FindingFactory(DjangoModelFactory):
    class Meta:
        model = Finding

    inspection = factory.SubFactory(InspectionFactory, done=True)
    number = 1
    weight = Finding.Weight.SERIOUS
    wrong = "旧版礼盒还在用，盒上的标是去年的。"
    demand = "旧盒停用，剩下的退回协会，换新版。"
    due_on = date(2026, 12, 8)
