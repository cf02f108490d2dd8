"""Batches: what the database refuses, recall, completeness."""

import pytest
from django.db import IntegrityError, transaction

from changes.models import Change
from record.completeness import FACTS, Known, completeness
from record.models import Batch, BatchInput, ConformityCertificate
from record.recall.act import AlreadyRecalled, RecallNeedsReason, recall_batch
from tests.factories.brand import ProductFactory
from tests.factories.record import NOW, BatchFactory, ConformityCertificateFactory

pytestmark = pytest.mark.django_db


def test_a_lot_is_unique_within_its_product_in_any_case():
    batch = BatchFactory(lot="lc1")
    assert batch.lot == "LC1"
    with pytest.raises(IntegrityError), transaction.atomic():
        BatchFactory(product=batch.product, lot="LC1")
    assert BatchFactory(product=ProductFactory(), lot="LC1")


@pytest.mark.parametrize(
    "wrong",
    [
        {"lot": "lc1"},
        {"lot": ""},
        {"harvested_on": "2026-06-11"},
        {"quantity": 0},
        {"recalled_at": NOW},
        {"recall_reason": "没有时间"},
    ],
)
def test_the_database_refuses_impossible_batches(wrong):
    batch = BatchFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Batch.objects.filter(pk=batch.pk).update(**wrong)


def test_a_batch_is_not_made_from_itself_and_from_another_once():
    batch, source = BatchFactory(), BatchFactory()
    BatchInput.objects.create(batch=batch, source=source)
    for wrong in (source, batch):
        with pytest.raises(IntegrityError), transaction.atomic():
            BatchInput.objects.create(batch=batch, source=wrong)


def test_a_batch_has_one_conformity_certificate_and_it_is_complete():
    certificate = ConformityCertificateFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        ConformityCertificateFactory(batch=certificate.batch)
    with pytest.raises(IntegrityError), transaction.atomic():
        ConformityCertificate.objects.update(contact="")


def test_the_first_recall_stands():
    batch = BatchFactory()
    recall_batch(batch=batch, reason="复检一项没达标", advice="收好包装", at=NOW)
    with pytest.raises(AlreadyRecalled):
        recall_batch(batch=batch, reason="别的理由", at=NOW)
    batch.refresh_from_db()
    assert (batch.recalled_at, batch.recall_reason, batch.recall_advice) == (
        NOW,
        "复检一项没达标",
        "收好包装",
    )
    assert batch.version == 2
    assert Change.objects.filter(thing=f"record.batch:{batch.pk}", region="lucheng").count() == 1


def test_a_recall_without_a_reason_is_refused():
    batch = BatchFactory()
    with pytest.raises(RecallNeedsReason):
        recall_batch(batch=batch, reason="  ", at=NOW)
    batch.refresh_from_db()
    assert not batch.is_recalled


def test_nothing_known_scores_nothing_and_names_everything():
    nothing = Known(planted=False, harvested=False, weighed=False, certified=False, tested=False)
    score = completeness(nothing, produce=True)
    assert (score.recorded, score.total) == (0, len(FACTS))
    assert [fact.key for fact in score.missing()] == [fact.key for fact in FACTS]
    assert {fact.key for fact in score.missing("papers")} == {"certificate", "residues"}


def test_things_that_do_not_grow_need_fewer_facts():
    nothing = Known(planted=False, harvested=False, weighed=True, certified=False, tested=False)
    score = completeness(nothing, produce=False)
    assert score.recorded == 1
    assert score.total == sum(not fact.produce_only for fact in FACTS)
