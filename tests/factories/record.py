"""Batches with what belongs to them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from record.codes.activation import activate_codes
from record.codes.issuing import issue_codes
from record.events.recording import record_event
from record.models import (
    Batch,
    Certification,
    CertificationKind,
    Code,
    ConformityCertificate,
    Event,
    LaboratoryReport,
    ResidueTest,
)
from telemetry.models import Base
from tests.factories.brand import ProductFactory, RegionFactory

Stage = Event.Stage
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai


class BaseFactory(DjangoModelFactory):
    class Meta:
        model = Base

    region = factory.SubFactory(RegionFactory)
    slug = factory.Sequence(lambda n: f"base-{n}")
    name = "张家河大葱标准化示范种植基地"


class BatchFactory(DjangoModelFactory):
    class Meta:
        model = Batch

    product = factory.SubFactory(ProductFactory)
    base = factory.SubFactory(BaseFactory, region=factory.SelfAttribute("..product.region"))
    lot = factory.Sequence(lambda n: f"LC261027-{n:02d}")
    planted_on = date(2026, 6, 12)
    harvested_on = date(2026, 10, 27)
    quantity = Decimal(2860)


class ConformityCertificateFactory(DjangoModelFactory):
    class Meta:
        model = ConformityCertificate

    batch = factory.SubFactory(BatchFactory)
    promises = "不使用禁用农药，常规农药残留不超标"
    basis = ConformityCertificate.Basis.SELF_TEST
    product_name = "大葱"
    quantity = "2,640 千克"
    origin = "山西省长治市潞城区张家河村"
    issued_on = date(2026, 10, 28)
    promised_by = "张家河大葱专业合作社"
    contact = "0355-000 0000"


class ResidueTestFactory(DjangoModelFactory):
    class Meta:
        model = ResidueTest

    batch = factory.SubFactory(BatchFactory)
    inhibition = Decimal("6.2")
    tested_at = datetime(2026, 10, 28, 2, 30, tzinfo=UTC)
    tested_by = "张家河检测点"


class LaboratoryReportFactory(DjangoModelFactory):
    class Meta:
        model = LaboratoryReport

    test = factory.SubFactory(ResidueTestFactory, inhibition=Decimal("61.5"))
    number = "SXJC-2026-118"
    laboratory = "山西省农产品质量安全检验检测中心"
    issued_on = date(2026, 11, 2)
    result = LaboratoryReport.Result.CLEAN


class CertificationKindFactory(DjangoModelFactory):
    class Meta:
        model = CertificationKind
        django_get_or_create = ("name",)

    name = "地理标志"
    expires = False


class CertificationFactory(DjangoModelFactory):
    class Meta:
        model = Certification

    product = factory.SubFactory(ProductFactory)
    kind = factory.SubFactory(CertificationKindFactory)
    number = "AGI00001"


def sellable_batch(**facts) -> Batch:
    """Return a batch whose codes may be activated."""
    batch = BatchFactory(**facts)
    ConformityCertificateFactory(batch=batch)
    ResidueTestFactory(batch=batch)
    return batch


def active_code(batch: Batch | None = None) -> Code:
    """Return an activated code, of a new sellable batch unless one is given."""
    batch = batch or sellable_batch()
    serials = issue_codes(product=batch.product, batch=batch, quantity=1, at=NOW)
    activate_codes(batch=batch, serials=serials, at=NOW)
    return Code.objects.get(serial=serials[0])


def event(batch: Batch, stage: str = Stage.PRODUCTION, *, day: str = "2026-10-27", **facts) -> Event:
    """Record an event at noon of a day."""
    return record_event(
        batch=batch,
        stage=stage,
        at=datetime.fromisoformat(f"{day}T12:00:00+08:00"),
        recorded_at=facts.pop("recorded_at", NOW),
        **{"title": "采收", "actor": "李长根", "place": "张家河 3 号地", **facts},
    )
