"""Trademarks and filings."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from brand.models import Filing, Trademark
from brand.trademarks.terms import last_day
from tests.factories.brand import RegionFactory


class TrademarkFactory(DjangoModelFactory):
    class Meta:
        model = Trademark

    region = factory.SubFactory(RegionFactory)
    name = factory.Sequence(lambda n: f"潞城大葱{n}")
    owner = "潞城大葱协会"


class FilingFactory(DjangoModelFactory):
    """An application; `registered` makes it a registration."""

    class Meta:
        model = Filing

    trademark = factory.SubFactory(TrademarkFactory)
    nice_class = 31
    number = factory.Sequence(lambda n: f"示例{n:06d}")
    applied_on = date(2024, 3, 1)

    class Params:
        registered = factory.Trait(
            state=Filing.State.REGISTERED,
            registered_on=date(2025, 3, 14),
            expires_on=factory.LazyAttribute(lambda filing: last_day(filing.registered_on)),
        )
