"""Recall: forward and backward through what batches were made from, lifted again, told everywhere at once."""

import csv
import io
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from accounts.models import User
from changes.models import Change
from record import lineage
from record.batches import in_chunks
from record.codes.activation import activate_codes
from record.codes.refusals import CodesRefused
from record.lineage import LineageCycle, LineageTooWide, made_from, refuse_cycle, used_in
from record.models import Batch, BatchInput, Code, Recall, RecalledBatch
from record.recall.act import (
    AlreadyRecalled,
    NotRecalled,
    RecallNeedsReason,
    lift_recall,
    recall_batch,
    recall_batches,
)
from record.recall.affected import reach_of, totals
from record.recall.lists import recall_list
from record.recall.parcels import Parcel, parcels_with
from tests.factories.brand import ProductFactory
from tests.factories.record import NOW, BaseFactory, BatchFactory, active_code, sellable_batch
from tests.factories.shop import ArticleFactory

pytestmark = pytest.mark.django_db
WHY = "复检一项没达标"
LATER = NOW + timedelta(days=2)


def family(*links):
    """Return batches by name, linked as `source>batch`."""
    product, base = ProductFactory(), BaseFactory()
    names = sorted({name for link in links for name in link.split(">")})
    made = {name: BatchFactory(product=product, base=base, lot=name.upper()) for name in names}
    for link in links:
        source, batch = link.split(">")
        BatchInput.objects.create(batch=made[batch], source=made[source])
    return made


def names(made, pks):
    return "".join(sorted(name for name, batch in made.items() if batch.pk in pks))


def parcels_of_the_shop(batches):
    return [Parcel("SF1", batch, "=cmd()", "138****0000", ("7KQXM3RTW9HV4CND",)) for batch in batches]


@pytest.fixture
def office(client):
    client.force_login(User.objects.create_superuser(email="admin@example.cn", password="x"))
    return client


def test_both_directions_however_many_steps_away():
    made = family("a>c", "b>c", "c>d", "d>e", "c>e", "x>y")
    assert names(made, used_in([made["a"].pk])) == "cde"
    assert names(made, made_from([made["e"].pk])) == "abcd"
    assert used_in([made["e"].pk]) == made_from([made["a"].pk]) == used_in([]) == set()


def test_a_cycle_in_the_data_ends():
    made = family("a>b", "b>c", "c>a")
    assert names(made, used_in([made["a"].pk])) == "bc"
    assert names(made, made_from([made["a"].pk])) == "bc"


def test_each_walk_is_one_query_and_bounded(django_assert_num_queries, monkeypatch):
    made = family("a>b", "b>c", "c>d")
    with django_assert_num_queries(1):
        used_in([made["a"].pk])
    monkeypatch.setattr(lineage, "MOST_BATCHES", 2)
    with pytest.raises(LineageTooWide):
        used_in([made["a"].pk])


@hypothesis_settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(links=st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda pair: pair[0] != pair[1])))
def test_any_lineage_is_walked_as_a_graph_search_walks_it(links):
    BatchInput.objects.all().delete()
    batches = list(Batch.objects.all()[:8])
    if len(batches) < 8:
        product, base = ProductFactory(), BaseFactory()
        batches = [BatchFactory(product=product, base=base) for _ in range(8)]
    for source, batch in links:
        BatchInput.objects.create(batch=batches[batch], source=batches[source])
    reached, todo = set(), [0]
    while todo:
        here = todo.pop()
        for source, batch in links:
            if source == here and batch not in reached:
                reached.add(batch)
                todo.append(batch)
    assert used_in([batches[0].pk]) == {batches[each].pk for each in reached - {0}}


def test_a_batch_is_never_made_from_itself():
    made = family("a>b", "b>c")
    refuse_cycle(batch=made["c"].pk, sources=[made["a"].pk])
    for source in ("a", "b", "c"):
        with pytest.raises(LineageCycle):
            refuse_cycle(batch=made["a"].pk, sources=[made[source].pk])


def test_chosen_batches_are_recalled_in_one_act():
    made = family("a>b", "b>c", "a>d")
    recall = recall_batches(batch=made["a"], pks={made[name].pk for name in "abc"}, reason=WHY, at=NOW)
    recalled = set(Batch.objects.filter(recalled_at=NOW).values_list("pk", flat=True))
    assert names(made, recalled) == "abc"
    assert recall.entries.count() == 3
    # d was made from a, and its page says so: it is told as well
    assert Change.objects.filter(thing=f"record.batch:{made['d'].pk}").exists()
    assert Batch.objects.get(pk=made["d"].pk).version == 2


def test_a_recall_counts_what_was_out():
    batch = active_code().batch
    recall_batch(batch=batch, reason=WHY, at=NOW)
    assert RecalledBatch.objects.get().codes_out == 1


def test_the_first_recall_of_a_batch_stands():
    made = family("a>b")
    recall_batch(batch=made["a"], reason=WHY, at=NOW)
    recall_batches(batch=made["b"], pks={batch.pk for batch in made.values()}, reason="别的", at=LATER)
    assert Batch.objects.get(pk=made["a"].pk).recall_reason == WHY
    with pytest.raises(AlreadyRecalled):
        recall_batches(batch=made["b"], pks={batch.pk for batch in made.values()}, reason="再", at=LATER)
    assert Recall.objects.count() == 2


def test_lifting_needs_a_reason_and_a_recall():
    batch = active_code().batch
    with pytest.raises(NotRecalled):
        lift_recall(pks={batch.pk}, reason="好了", at=LATER)
    recall_batch(batch=batch, reason=WHY, at=NOW)
    with pytest.raises(RecallNeedsReason):
        lift_recall(pks={batch.pk}, reason=" ", at=LATER)
    assert Batch.objects.get().is_recalled


def test_after_lifting_codes_are_used_again_and_the_act_stays():
    batch = sellable_batch()
    code = active_code(batch)
    Code.objects.create(
        serial="2" * 16, product=batch.product, batch=batch, state=Code.State.BOUND, issued_at=NOW
    )
    recall_batch(batch=batch, reason=WHY, advice="收好包装", at=NOW)
    with pytest.raises(CodesRefused):
        activate_codes(batch=batch, at=LATER)
    assert lift_recall(pks={batch.pk}, reason="复检合格，报告 2026-118", at=LATER) == 1
    batch.refresh_from_db()
    assert (batch.is_recalled, batch.recall_reason, batch.recall_advice) == (False, "", "")
    entry = RecalledBatch.objects.get()
    assert (entry.lifted_at, entry.lift_reason, entry.recall.reason) == (
        LATER,
        "复检合格，报告 2026-118",
        WHY,
    )
    assert activate_codes(batch=batch, at=LATER) == 1
    assert recall_batch(batch=batch, reason="又一项", at=LATER).pk
    assert code.batch_id == batch.pk


def test_many_batches_go_in_chunks():
    assert [len(chunk) for chunk in in_chunks(range(12_000))] == [5_000, 5_000, 2_000]


def test_the_preview_makes_as_many_queries_for_many_batches(django_assert_num_queries):
    made = family(*[f"a>b{number}" for number in range(20)], "z>a")
    with django_assert_num_queries(3):
        reach = reach_of(made["a"])
    assert (len(reach.onward.pks), len(reach.back.pks), reach.onward.more) == (20, 1, 0)
    with django_assert_num_queries(3):
        assert totals(reach.onward.pks).batches == 20


def test_parcels_come_from_whoever_keeps_them(settings):
    settings.TRACE_PARCEL_PROVIDERS = ["tests.trace.test_recall.parcels_of_the_shop"]
    assert [parcel.batch for parcel in parcels_with([7, 8])] == [7, 8]


def test_lists_open_in_a_spreadsheet_and_run_nothing_there(settings):
    settings.TRACE_PARCEL_PROVIDERS = ["tests.trace.test_recall.parcels_of_the_shop"]
    code = active_code()
    recall = recall_batch(batch=code.batch, reason=WHY, at=NOW)
    read = {}
    for kind in ("batches", "members", "codes", "parcels"):
        text = "".join(recall_list(recall, kind))
        assert text.startswith("\ufeff")
        read[kind] = list(csv.reader(io.StringIO(text[1:])))
    assert read["codes"][1][0] == code.serial
    assert read["batches"][1][5] == "1"
    assert read["members"][1][0] == code.product.member.name
    assert read["parcels"][1][2] == "'=cmd()"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_recall_at_once_one_is_first():
    batch, outcome, start = active_code().batch, [], threading.Barrier(2)

    def act(reason):
        try:
            start.wait()
            recall_batch(batch=batch, reason=reason, at=NOW)
            outcome.append("done")
        except AlreadyRecalled:
            outcome.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=(reason,)) for reason in ("一", "二")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcome) == ["done", "refused"]
    assert Recall.objects.count() == RecalledBatch.objects.count() == 1


def test_by_hand_from_the_preview_to_the_lifting(office):
    made = family("a>b", "b>c")
    page = office.get(reverse("record-batches:recall", args=[made["a"].pk])).content.decode()
    assert "B" in page
    assert "C" in page
    url = reverse("record-batches:recall", args=[made["a"].pk])
    assert office.post(url, {"reason": ""}).status_code == 400
    assert not Recall.objects.exists()
    answer = office.post(url, {"reason": WHY, "advice": "", "all_onward": "yes"})
    recall = Recall.objects.get()
    assert answer["Location"] == reverse("record-recalls:show", args=[recall.pk])
    assert (recall.begun_by.email, recall.entries.count()) == ("admin@example.cn", 3)
    assert office.post(url, {"reason": "再"}).status_code == 400
    assert office.get(reverse("record-recalls:show", args=[recall.pk])).status_code == 200
    assert office.get(reverse("record-recalls:index")).status_code == 200
    for kind in ("batches", "members", "codes", "parcels"):
        listed = office.get(reverse("record-recalls:list", args=[recall.pk, kind]))
        assert b"".join(listed.streaming_content).startswith("\ufeff".encode())
    assert office.get(reverse("record-recalls:list", args=[recall.pk, "secrets"])).status_code == 404
    lift = reverse("record-recalls:lift", args=[recall.pk])
    assert office.post(lift, {"reason": ""}).status_code == 400
    assert Batch.objects.exclude(recalled_at=None).count() == 3
    assert office.post(lift, {"reason": "只是 C 合格", "batches": made["c"].pk}).status_code == 302
    assert names(made, set(Batch.objects.exclude(recalled_at=None).values_list("pk", flat=True))) == "ab"
    assert office.post(lift, {"reason": "都合格"}).status_code == 302
    assert not Batch.objects.exclude(recalled_at=None).exists()


def test_only_what_hangs_together_can_be_ticked(office):
    made = family("a>b", "x>y")
    url = reverse("record-batches:recall", args=[made["a"].pk])
    office.post(url, {"reason": WHY, "batches": [made["b"].pk, made["y"].pk]})
    recalled = set(Batch.objects.exclude(recalled_at=None).values_list("pk", flat=True))
    assert names(made, recalled) == "ab"


def test_the_product_page_tells_of_the_recall(client):
    code = active_code()
    batch = code.batch
    recall_batch(batch=batch, reason=WHY, at=NOW)
    page = client.get(reverse("trace-product", args=[code.product.gtin])).content.decode()
    assert WHY in page
    lift_recall(pks={batch.pk}, reason="合格", at=LATER)
    page = client.get(reverse("trace-product", args=[code.product.gtin])).content.decode()
    assert WHY not in page


def test_who_only_looks_recalls_nothing(client):
    batch = active_code().batch
    user = User.objects.create_user(email="clerk@example.cn", password="x")
    client.force_login(user)
    client.post(reverse("record-batches:recall", args=[batch.pk]), {"reason": WHY})
    assert not Recall.objects.exists()


def test_the_form_of_a_batch_refuses_a_cycle(office):
    made = family("a>b", "b>c")
    batch = made["a"]
    rows = {"sources-0-source": made["c"].pk, "sources-0-id": "", "sources-0-DELETE": ""}
    counts = {"TOTAL_FORMS": 1, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}
    data = {
        "product": batch.product_id,
        "base": batch.base_id,
        "lot": batch.lot,
        "unit": "千克",
        **rows,
        **{f"sources-{name}": count for name, count in counts.items()},
    }
    url = reverse("record-batches:edit", args=[batch.pk])
    refused = office.post(url, data)
    assert refused.status_code == 200
    assert refused.context["form"].non_field_errors()
    assert BatchInput.objects.count() == 2
    other = BatchFactory(product=batch.product, base=batch.base)
    assert office.post(url, {**data, "sources-0-source": other.pk}).status_code == 302
    assert BatchInput.objects.count() == 3


def test_the_shop_tells_of_the_recall(client):
    article = ArticleFactory()
    batch = BatchFactory(product=article.brand_product)
    assert WHY not in client.get(article.get_absolute_url()).content.decode()
    recall_batch(batch=batch, reason=WHY, at=NOW)
    assert WHY in client.get(article.get_absolute_url()).content.decode()
