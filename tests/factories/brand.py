"""Counties, members, products and licences."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from brand.models import Licence, Member, Product, Region, Representative
from lib.gtin import check_digit
from tests.factories.accounts import person


def gtin14(number: int) -> str:
    """Return a valid GTIN-14 of the Chinese prefix 697."""
    body = f"0697140{number:06d}"
    return f"{body}{check_digit(body)}"


class RegionFactory(DjangoModelFactory):
    class Meta:
        model = Region
        django_get_or_create = ("slug",)

    slug = "lucheng"
    name = "潞城"
    full_name = "山西省长治市潞城区"
    adcode = "140406"
    phone = "0355-000 0000"


class MemberFactory(DjangoModelFactory):
    class Meta:
        model = Member

    region = factory.SubFactory(RegionFactory)
    name = factory.Sequence(lambda n: f"张家河大葱专业合作社{n}")
    slug = factory.Sequence(lambda n: f"zhangjiahe-{n}")
    kind = Member.Kind.COOPERATIVE
    phone = "0355-000 0001"


class ProductFactory(DjangoModelFactory):
    """A product under a licence for decades; pass `licensed=False` for one that no licence covers."""

    class Meta:
        model = Product
        skip_postgeneration_save = True

    member = factory.SubFactory(MemberFactory)
    region = factory.SelfAttribute("member.region")
    name = "潞城大葱"
    slug = factory.Sequence(lambda n: f"scallion-{n}")
    gtin = factory.Sequence(gtin14)
    pack_size = "5 千克一捆"
    art = "scallion"
    needs_certificate = True

    @factory.post_generation
    def licensed(self, create, extracted, **facts):
        if create and extracted is not False:
            LicenceFactory(
                member=self.member,
                products=[self],
                **{"number": f"FT-2020-{self.pk:04d}", "valid_from": date(2020, 1, 1)},
                **{"valid_to": date(2099, 12, 31), **facts},
            )


class LicenceFactory(DjangoModelFactory):
    class Meta:
        model = Licence
        skip_postgeneration_save = True

    number = factory.Sequence(lambda n: f"LC-2026-{n:04d}")
    member = factory.SubFactory(MemberFactory)
    region = factory.SelfAttribute("member.region")
    brand_name = "潞城大葱"
    valid_from = date(2026, 1, 1)
    valid_to = date(2028, 3, 31)

    @factory.post_generation
    def products(self, create, extracted, **kwargs):
        if create and extracted:
            self.products.set(extracted)


class RepresentativeFactory(DjangoModelFactory):
    """Somebody with the role of a member who acts for one."""

    class Meta:
        model = Representative

    member = factory.SubFactory(MemberFactory)
    user = factory.LazyFunction(lambda: person("member"))
    since = datetime(2026, 1, 5, 2, tzinfo=UTC)
