"""The write API: tokens, whose things they open, and one effect a key, even when two come at once."""

import json
import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from api.models import ApiCall, ApiToken, Scope
from api.once import KEPT, forget_calls
from api.tokens import TokenRefused, make_token, revoke_token, verify
from brand.models import Member
from changes.models import Change
from record.codes.issuing import issue_codes
from record.models import Batch, Code, Event
from tests.factories.api import headers, token
from tests.factories.brand import MemberFactory, ProductFactory
from tests.factories.record import NOW, BaseFactory, BatchFactory, event, sellable_batch

pytestmark = pytest.mark.django_db
BATCH = {"lot": "erp-261120", "planted_on": "2026-06-12", "quantity": "2860.5"}
EVENT = {
    "stage": "production",
    "step": "harvest",
    "title": "采收",
    "at": "2026-10-27T08:00:00+08:00",
    "actor": "李长根",
    "attested_by": "王建国",
    "outputs": [{"what": "大葱", "quantity": "2860", "unit": "千克"}],
}


@pytest.fixture
def member() -> Member:
    return MemberFactory()


@pytest.fixture
def key() -> str:
    return str(uuid4())


def send(client, path, body, text, *, key="", method="post", language=""):
    return getattr(client, method)(
        path,
        json.dumps(body),
        content_type="application/json",
        headers=headers(text, key=key or str(uuid4()), language=language),
    )


def events_of(batch: Batch) -> str:
    return f"/api/v1/batches/{batch.product.gtin}/{batch.lot}/events"


# --- tokens ------------------------------------------------------------------------------------------


def test_a_token_is_kept_as_a_hash_and_known_again(member):
    made, text = token(Scope.EVENTS, member=member)
    assert text.startswith("fengtu_")
    assert text not in str(ApiToken.objects.values())
    assert made.hint == text[:12]
    assert verify(text) == made
    assert ApiToken.objects.get().last_used_on == timezone.localdate()
    assert verify(text[:-1]) is None
    assert verify("") is None


def test_a_revoked_token_is_let_in_no_more(client, member):
    made, text = token(member=member)
    revoke_token(token=made, at=timezone.now())
    assert verify(text) is None
    assert client.get("/api/v1/codes", headers=headers(text)).status_code == 401


def test_a_token_may_do_something_known(member):
    for scopes in ([], ["everything"]):
        with pytest.raises(TokenRefused):
            make_token(member=member, name="x", scopes=scopes, at=timezone.now())
    assert not ApiToken.objects.exists()


def test_checking_a_token_is_one_query_after_the_first_of_the_day(member, django_assert_num_queries):
    _made, text = token(member=member)
    verify(text)
    with django_assert_num_queries(1):
        assert verify(text).member.region.slug == "lucheng"


@pytest.mark.parametrize("authorization", ["", "Bearer ", "Bearer fengtu_wrong", "Basic eDp5", "nonsense"])
def test_without_a_token_nothing_is_written(client, member, authorization):
    ProductFactory(member=member)
    answer = client.post(
        "/api/v1/batches",
        json.dumps(BATCH),
        content_type="application/json",
        headers={"Authorization": authorization, "Idempotency-Key": "x"},
    )
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert not Batch.objects.exists()


def test_a_token_for_something_else_may_not(client, member):
    batch = BatchFactory(product__member=member)
    _made, text = token(Scope.CODES, member=member)
    answer = send(client, events_of(batch), EVENT, text, language="en")
    assert answer.status_code == 403
    assert answer.json()["detail"] == "The token may not do this. It needs: events."
    assert not Event.objects.exists()


# --- batches -----------------------------------------------------------------------------------------


def test_a_batch_is_opened(client, member, key):
    product, base = ProductFactory(member=member), BaseFactory()
    _made, text = token(member=member)
    body = BATCH | {"gtin": product.gtin, "base": base.slug}
    answer = send(client, "/api/v1/batches", body, text, key=key)
    assert answer.status_code == 201, answer.json()
    batch = Batch.objects.get()
    assert (batch.lot, batch.product, batch.base) == ("ERP-261120", product, base)
    assert Change.objects.filter(thing=f"record.batch:{batch.pk}", region="lucheng").exists()
    assert client.get(f"/api/v1/batches/{product.gtin}/ERP-261120").json() == answer.json()


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"lot": "含汉字"}, 422, "batch_refused"),
        ({"lot": "x" * 21}, 422, "invalid"),
        ({"harvested_on": "2026-01-01"}, 422, "batch_refused"),
        ({"quantity": "-1"}, 422, "invalid"),
        ({"quantity": "many"}, 422, "invalid"),
        ({"base": "nowhere"}, 404, "no_such_base"),
        ({"gtin": "00000000000000"}, 404, "no_such_product"),
        ({"colour": "green"}, 422, "invalid"),
    ],
)
def test_a_batch_that_cannot_be_is_refused_and_not_opened(client, member, change, status, code):
    product, base = ProductFactory(member=member), BaseFactory()
    _made, text = token(member=member)
    answer = send(client, "/api/v1/batches", BATCH | {"gtin": product.gtin, "base": base.slug} | change, text)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not Batch.objects.exists()
    assert not ApiCall.objects.exists()


def test_what_is_wrong_with_a_field_is_told_in_the_callers_language(client, member):
    _made, text = token(member=member)
    answer = send(client, "/api/v1/batches", {"gtin": "1", "colour": 1}, text)
    found = {error["field"]: error["detail"] for error in answer.json()["errors"]}
    assert found["lot"] == "必须填写。"
    assert found["colour"] == "没有这个字段。"


def test_a_lot_that_is_there_already_is_refused(client, member):
    batch = BatchFactory(product__member=member)
    _made, text = token(member=member)
    body = BATCH | {"gtin": batch.product.gtin, "lot": batch.lot, "base": batch.base.slug}
    answer = send(client, "/api/v1/batches", body, text)
    assert answer.status_code == 422
    assert answer.json()["errors"]
    assert Batch.objects.count() == 1


def test_another_members_product_is_refused(client, member):
    foreign, base = ProductFactory(), BaseFactory()
    _made, text = token(member=member)
    answer = send(client, "/api/v1/batches", BATCH | {"gtin": foreign.gtin, "base": base.slug}, text)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_yours")
    assert not Batch.objects.exists()


def test_dates_of_a_batch_are_changed_and_the_page_is_told(client, member):
    batch = BatchFactory(product__member=member, harvested_on=None)
    _made, text = token(member=member)
    path = f"/api/v1/batches/{batch.product.gtin}/{batch.lot}"
    answer = send(client, path, {"harvested_on": "2026-10-28"}, text, method="patch")
    assert answer.status_code == 200, answer.json()
    assert answer.json()["harvested_on"] == "2026-10-28"
    assert answer.json()["planted_on"] == "2026-06-12", "what is left out stays"
    assert answer.json()["version"] == batch.version + 1


def test_a_date_that_contradicts_the_events_is_refused(client, member):
    batch = BatchFactory(product__member=member)
    event(batch, "processing", day="2026-10-28")
    _made, text = token(member=member)
    path = f"/api/v1/batches/{batch.product.gtin}/{batch.lot}"
    answer = send(client, path, {"harvested_on": "2026-11-01"}, text, method="patch")
    assert (answer.status_code, answer.json()["code"]) == (422, "batch_refused")
    batch.refresh_from_db()
    assert f"{batch.harvested_on}" == "2026-10-27"


# --- events ------------------------------------------------------------------------------------------


def test_an_event_is_recorded_in_the_name_of_the_member(client, member):
    batch = BatchFactory(product__member=member)
    _made, text = token(member=member)
    answer = send(client, events_of(batch), EVENT, text)
    assert answer.status_code == 201, answer.json()
    recorded = Event.objects.get()
    assert recorded.responsible == member
    assert recorded.source == "api"
    assert recorded.outputs == [{"what": "大葱", "quantity": "2860", "unit": "千克"}]
    assert answer.json()["hash"] == recorded.hash


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"at": "2026-01-01T08:00:00+08:00"}, "event_refused"),
        ({"at": "2090-01-01T08:00:00+08:00"}, "event_refused"),
        ({"at": "2026-10-27T08:00:00"}, "invalid"),
        ({"stage": "dreaming"}, "invalid"),
        ({"title": ""}, "invalid"),
        ({"latitude": "91"}, "invalid"),
        ({"outputs": [{"what": "大葱", "quantity": "NaN"}]}, "invalid"),
    ],
)
def test_an_event_that_cannot_be_is_refused_and_not_recorded(client, member, change, code):
    batch = BatchFactory(product__member=member)
    _made, text = token(member=member)
    answer = send(client, events_of(batch), EVENT | change, text)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert answer.json()["errors"]
    assert not Event.objects.exists()


def test_an_event_of_another_members_batch_is_refused(client, member):
    batch = BatchFactory()
    _made, text = token(member=member)
    assert send(client, events_of(batch), EVENT, text).status_code == 403
    assert not Event.objects.exists()


def test_an_event_is_corrected_by_a_further_one(client, member):
    batch = BatchFactory(product__member=member)
    first = event(batch)
    _made, text = token(member=member)
    path = f"{events_of(batch)}/1/corrections"
    answer = send(client, path, {"reason": "写错地块", "place": "张家河 5 号地"}, text)
    assert answer.status_code == 201, answer.json()
    assert answer.json()["corrects"] == 1
    assert answer.json()["title"] == first.title, "what is left out holds"
    first.refresh_from_db()
    assert first.place == "张家河 3 号地"
    again = send(client, f"{events_of(batch)}/2/corrections", {"reason": "再改"}, text)
    assert again.json()["code"] == "not_correctable"
    assert send(client, f"{events_of(batch)}/9/corrections", {"reason": "再改"}, text).status_code == 404
    assert Event.objects.count() == 2


# --- codes -------------------------------------------------------------------------------------------


def test_listed_codes_are_activated(client, member):
    batch = sellable_batch(product__member=member)
    serials = issue_codes(product=batch.product, batch=batch, quantity=3, at=NOW)
    _made, text = token(member=member)
    path = f"/api/v1/batches/{batch.product.gtin}/{batch.lot}/activations"
    answer = send(client, path, {"serials": [serials[0].lower(), serials[1]]}, text)
    assert answer.json()["activated"] == 2, answer.json()
    assert Code.objects.filter(state="activated").count() == 2
    assert send(client, path, {"all": True}, text).json()["activated"] == 1


@pytest.mark.parametrize("body", [{}, {"all": True, "serials": ["x"]}, {"serials": []}, {"serials": ["!"]}])
def test_which_codes_must_be_clear(client, member, body):
    batch = sellable_batch(product__member=member)
    issue_codes(product=batch.product, batch=batch, quantity=1, at=NOW)
    _made, text = token(member=member)
    path = f"/api/v1/batches/{batch.product.gtin}/{batch.lot}/activations"
    assert send(client, path, body, text).status_code == 422
    assert not Code.objects.filter(state="activated").exists()


def test_activation_without_a_certificate_says_why_and_changes_nothing(client, member):
    batch = BatchFactory(product__member=member)
    issue_codes(product=batch.product, batch=batch, quantity=1, at=NOW)
    _made, text = token(member=member)
    path = f"/api/v1/batches/{batch.product.gtin}/{batch.lot}/activations"
    answer = send(client, path, {"all": True}, text)
    assert (answer.status_code, answer.json()["code"]) == (422, "codes_refused")
    assert "合格证" in answer.json()["errors"][0]
    assert Code.objects.get().state == "bound"


def test_a_member_lists_its_own_codes_only(client, member):
    own, foreign = BatchFactory(product__member=member), BatchFactory()
    serials = issue_codes(product=own.product, batch=own, quantity=5, at=NOW)
    issue_codes(product=foreign.product, batch=foreign, quantity=5, at=NOW)
    _made, text = token(member=member)
    page = client.get(f"/api/v1/codes?limit=3&lot={own.lot}", headers=headers(text)).json()
    rest = client.get("/api/" + page["next"].partition("/api/")[2], headers=headers(text)).json()
    assert {item["serial"] for item in page["items"] + rest["items"]} == set(serials)
    assert rest["next"] is None
    assert client.get("/api/v1/codes").status_code == 401


# --- once --------------------------------------------------------------------------------------------


def test_the_same_call_again_has_the_same_answer_and_no_second_effect(client, member, key):
    batch = BatchFactory(product__member=member)
    _made, text = token(member=member)
    first = send(client, events_of(batch), EVENT, text, key=key)
    second = send(client, events_of(batch), EVENT, text, key=key)
    assert (second.status_code, second.content) == (201, first.content)
    assert second["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first
    assert Event.objects.count() == 1


def test_another_call_under_the_same_key_is_refused(client, member, key):
    batch = BatchFactory(product__member=member)
    _made, text = token(member=member)
    send(client, events_of(batch), EVENT, text, key=key)
    answer = send(client, events_of(batch), EVENT | {"title": "另一件事"}, text, key=key)
    assert (answer.status_code, answer.json()["code"]) == (422, "key_used_before")
    assert Event.objects.count() == 1


def test_a_key_is_of_its_token(client, member, key):
    batch = BatchFactory(product__member=member)
    for _turn in range(2):
        _made, text = token(member=member)
        assert "Idempotent-Replayed" not in send(client, events_of(batch), EVENT, text, key=key)
    assert Event.objects.count() == 2


@pytest.mark.parametrize("bad", ["", " ", "x" * 81, "a b"])
def test_without_a_key_nothing_is_written(client, member, bad):
    batch = BatchFactory(product__member=member)
    _made, text = token(member=member)
    answer = client.post(
        events_of(batch),
        json.dumps(EVENT),
        content_type="application/json",
        headers=headers(text) | {"Idempotency-Key": bad},
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "key_missing")
    assert not Event.objects.exists()


def test_a_refused_call_may_be_tried_again_under_its_key(client, member, key):
    batch = BatchFactory(product__member=member)
    issue_codes(product=batch.product, batch=batch, quantity=1, at=NOW)
    _made, text = token(member=member)
    path = f"/api/v1/batches/{batch.product.gtin}/{batch.lot}/activations"
    assert send(client, path, {"all": True}, text, key=key).status_code == 422
    batch.product.needs_certificate = False
    batch.product.save()
    assert send(client, path, {"all": True}, text, key=key).json()["activated"] == 1


def test_calls_are_forgotten_after_a_month(client, member):
    batch = BatchFactory(product__member=member)
    _made, text = token(member=member)
    send(client, events_of(batch), EVENT, text)
    assert forget_calls(at=timezone.now()) == 0
    assert forget_calls(at=timezone.now() + KEPT + timedelta(minutes=1)) == 1


def test_a_body_that_is_no_json_is_a_problem(client, member):
    batch = BatchFactory(product__member=member)
    _made, text = token(member=member)
    answer = client.post(
        events_of(batch), "{", content_type="application/json", headers=headers(text, key="k")
    )
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


def test_while_the_database_is_away_callers_are_told_to_wait(client, member, monkeypatch):
    def away(*arguments, **options):
        raise OperationalError

    monkeypatch.setattr("api.endpoints.batches.batch_named", away)
    answer = client.get("/api/v1/batches/06971400000017/X")
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")


@pytest.mark.django_db(transaction=True)
def test_of_two_calls_at_once_under_one_key_one_has_the_effect():
    member = MemberFactory()
    batch = BatchFactory(product__member=member)
    _made, text = token(member=member)
    answers, start = [], threading.Barrier(6)

    def call() -> None:
        start.wait()
        try:
            answers.append(send(Client(), events_of(batch), EVENT, text, key="same"))
        finally:
            connection.close()

    threads = [threading.Thread(target=call) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in answers] == [201] * 6
    assert len({answer.content for answer in answers}) == 1
    assert Event.objects.count() == 1
    assert sum("Idempotent-Replayed" in answer for answer in answers) == 5
