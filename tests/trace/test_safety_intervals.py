"""Safety intervals: nothing is harvested before the days on a pesticide's label have passed."""

from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from record.codes.activation import activate_codes, reasons_against_activation
from record.codes.issuing import issue_codes
from record.codes.refusals import CodesRefused
from record.events.conflicts import date_conflicts
from record.events.items import Item
from record.events.recording import EventRefused, correct_event, current_facts
from record.models import Batch, Code, Event, Substance
from tests.factories.record import NOW, BatchFactory, event, sellable_batch

pytestmark = pytest.mark.django_db
Step = Event.Step


@pytest.fixture
def batch():
    return BatchFactory(planted_on=date(2026, 6, 12), harvested_on=None)


@pytest.fixture
def matrine():
    return Substance.objects.create(
        kind="pesticide", name="1% 苦参碱", registration="PD20132710", safety_days=7
    )


def spray(batch: Batch, day: str, what: str = "1% 苦参碱", **facts) -> Event:
    return event(
        batch, day=day, step=Step.PEST_CONTROL, title="防虫", inputs=[Item(what, "300", "毫升")], **facts
    )


def harvest(batch: Batch, day: str, **facts) -> Event:
    return event(batch, day=day, step=Step.HARVEST, **facts)


def test_the_label_is_written_into_the_event(batch, matrine):
    spray(batch, "2026-10-01")
    assert Event.objects.get().inputs == [
        {
            "what": "1% 苦参碱",
            "quantity": "300",
            "unit": "毫升",
            "registration": "PD20132710",
            "safety_days": 7,
        }
    ]


def test_an_interval_for_the_crop_wins(batch, matrine):
    Substance.objects.create(
        kind="pesticide", name="1% 苦参碱", registration="PD20132710", safety_days=14, crop=batch.product
    )
    other = BatchFactory(planted_on=None, harvested_on=None, product__gtin="06912345000038")
    assert current_facts(spray(batch, "2026-10-01"))["inputs"][0].safety_days == 14
    assert current_facts(spray(other, "2026-10-01"))["inputs"][0].safety_days == 7


@pytest.mark.parametrize("day", ["2026-10-01", "2026-10-07"])
def test_a_harvest_inside_the_interval_is_refused(batch, matrine, day):
    spray(batch, "2026-10-01")
    version = Batch.objects.get().version
    with pytest.raises(EventRefused, match="2026-10-08"):
        harvest(batch, day)
    assert Event.objects.count() == 1 and Batch.objects.get().version == version


def test_a_harvest_on_the_first_free_day_is_recorded(batch, matrine):
    spray(batch, "2026-10-01")
    assert harvest(batch, "2026-10-08").sequence == 2


def test_what_was_cut_before_the_use_is_not_touched(batch, matrine):
    harvest(batch, "2026-09-30")
    assert spray(batch, "2026-10-01").sequence == 2


def test_a_use_that_was_written_down_late_is_measured_too(batch, matrine):
    harvest(batch, "2026-10-05")
    with pytest.raises(EventRefused, match="2026-10-05"):
        spray(batch, "2026-10-01")
    assert Event.objects.count() == 1


def test_the_day_of_harvest_of_a_batch_is_measured(batch, matrine):
    spray(batch, "2026-10-01")
    assert date_conflicts(batch=batch, planted_on=batch.planted_on, harvested_on=date(2026, 10, 7))
    assert not date_conflicts(batch=batch, planted_on=batch.planted_on, harvested_on=date(2026, 10, 8))
    Batch.objects.update(harvested_on=date(2026, 10, 20))
    with pytest.raises(EventRefused, match="2026-10-20"):
        spray(batch, "2026-10-15")


def test_a_correction_cannot_move_a_harvest_into_the_interval(batch, matrine):
    spray(batch, "2026-10-01")
    cut = harvest(batch, "2026-10-12")
    with pytest.raises(EventRefused):
        correct_event(event=cut, reason="写错了日子", recorded_at=NOW, at=cut.at.replace(day=3))
    assert Event.objects.count() == 2


def test_a_corrected_amount_keeps_the_interval_of_the_day(batch, matrine):
    used = spray(batch, "2026-10-01")
    Substance.objects.update(safety_days=3)
    fix = correct_event(
        event=used, reason="少写了", recorded_at=NOW, inputs=[Item("1% 苦参碱", "500", "毫升")]
    )
    assert fix.inputs[0]["safety_days"] == 7


def test_a_pesticide_nobody_knows_is_refused(batch):
    with pytest.raises(EventRefused, match="甲胺磷"):
        spray(batch, "2026-10-01", what="甲胺磷")
    assert not Event.objects.exists()


def test_a_trap_without_an_interval_is_known_by_its_kind(batch):
    Substance.objects.create(kind="other", name="黄板")
    spray(batch, "2026-10-01", what="黄板")
    assert harvest(batch, "2026-10-01").sequence == 2


def test_a_pesticide_without_its_number_is_not_registered():
    with pytest.raises(IntegrityError), transaction.atomic():
        Substance.objects.create(kind="pesticide", name="苦参碱", safety_days=7)
    with pytest.raises(IntegrityError), transaction.atomic():
        Substance.objects.create(kind="pesticide", name="苦参碱", registration="PD1")


def test_names_are_registered_once_for_all_crops(matrine):
    with pytest.raises(IntegrityError), transaction.atomic():
        Substance.objects.create(kind="other", name="1% 苦参碱")


@pytest.mark.parametrize("source", [Event.Source.IMPORT, Event.Source.PARTNER])
def test_what_was_harvested_too_early_is_not_put_on_sale(matrine, source):
    batch = sellable_batch(harvested_on=None)
    spray(batch, "2026-10-01")
    issue_codes(product=batch.product, batch=batch, quantity=1, at=NOW)
    early = harvest(batch, "2026-10-05", source=source)
    with pytest.raises(CodesRefused, match="2026-10-08") as refused:
        activate_codes(batch=batch, at=NOW)
    assert len(refused.value.reasons) == 1
    with translation.override("zh-hans"):
        assert "安全间隔期" in str(refused.value.reasons[0])
    assert Code.objects.get().state == Code.State.BOUND
    correct_event(event=early, reason="日期填错", recorded_at=NOW, at=_noon("2026-10-20"))
    assert activate_codes(batch=batch, at=NOW) == 1


def test_a_spraying_told_by_a_spreadsheet_keeps_what_was_harvested_before_its_end_from_sale(matrine):
    batch = sellable_batch(harvested_on=date(2026, 10, 5))
    spray(batch, "2026-10-01", source=Event.Source.IMPORT)
    assert any("2026-10-08" in str(reason) for reason in reasons_against_activation(batch, at=NOW))


def _noon(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T12:00:00+08:00")
