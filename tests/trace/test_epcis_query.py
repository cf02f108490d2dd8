"""EPCIS queries: lots for everybody, packages for who may see them, names that anybody can recompute."""

import json
import re
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from epcis_event_hash_generator import hash_generator, json_to_py
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from brand.models import Member
from record.codes.voiding import void_code
from record.digital_link import DigitalLink
from record.epcis.identifiers import BadIdentifier, lot_uri, package_uri, read_identifier
from record.events.items import Item
from record.events.recording import correct_event
from record.models import Batch, BatchInput, Carton, Code, Event
from tests.factories.record import NOW, BatchFactory, active_code, event, sellable_batch
from tests.trace.epcis_schema import SCHEMA

pytestmark = pytest.mark.django_db
Stage, Step = Event.Stage, Event.Step
EVENTS = "/epcis/events"
VALID = Draft7Validator(SCHEMA)


@dataclass
class _Token:
    member: Member | None
    name: str = "ERP"
    scopes: list[str] = field(default_factory=lambda: ["epcis"])

    def allows(self, scope: str) -> bool:
        return scope in self.scopes


TOKENS: dict[str, _Token] = {}


def check_token(text: str) -> _Token | None:
    return TOKENS.get(text)


@pytest.fixture(autouse=True)
def tokens(settings):
    settings.TRACE_TOKEN_CHECK = f"{__name__}.check_token"
    TOKENS.clear()
    return TOKENS


@pytest.fixture
def get(client: Client):
    def ask(query: str = "", **options) -> Any:
        return client.get(EVENTS + query, **options)

    return ask


def _events(answer: Any) -> list[dict[str, Any]]:
    assert answer.status_code == 200, answer.content
    document = answer.json()
    assert [error.message for error in VALID.iter_errors(document)] == []
    return document["epcisBody"]["queryResults"]["resultsBody"]["eventList"]


def _lot(batch: Batch) -> str:
    return lot_uri(batch.product.gtin, batch.lot)


def _titles(answer: Any) -> list[str]:
    return [each["fengtu:title"] for each in _events(answer)]


def _of(batch: Batch, name: str = "MATCH_anyEPC") -> str:
    return f"?{name}={quote(_lot(batch), safe='')}"


def test_everybody_reads_the_events_of_a_lot(get) -> None:
    batch = BatchFactory(planted_on=None, harvested_on=None)
    event(
        batch,
        step=Step.HARVEST,
        outputs=[Item("大葱", "2860", "千克")],
        latitude=Decimal("36.334100"),
        longitude=Decimal("113.228900"),
    )
    event(BatchFactory(planted_on=None, harvested_on=None), title="别家的")
    answer = get(_of(batch))
    assert answer["Content-Type"] == "application/ld+json" and answer["GS1-EPCIS-Version"] == "2.0.0"
    (found,) = _events(answer)
    assert found["quantityList"] == [{"epcClass": _lot(batch), "quantity": 2860, "uom": "KGM"}]
    assert (found["bizStep"], found["disposition"], found["action"]) == ("commissioning", "active", "ADD")
    assert found["eventTime"] == "2026-10-27T04:00:00.000Z" and found["eventTimeZoneOffset"] == "+08:00"
    assert found["readPoint"] == {"id": "geo:36.334100,113.228900"}
    assert found["bizLocation"]["id"].endswith(f"/bases/{batch.base.slug}/")


def test_people_are_never_named(get) -> None:
    batch = BatchFactory(planted_on=None, harvested_on=None)
    event(batch, actor="李长根", attested_by="王红梅", note="李长根的手机 13800000000")
    text = get(_of(batch)).content.decode()
    assert not re.search("李长根|王红梅|13800000000", text)


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"step": Step.SHIPPING, "stage": Stage.CIRCULATION},
        {"step": Step.PACKING, "stage": Stage.PROCESSING, "outputs": [Item("礼盒", "120", "盒")]},
        {
            "outputs": [Item("大葱", "0.5", "吨")],
            "inputs": [Item("有机肥", "3", "吨"), Item("水", "12.50", "升")],
        },
        {"title": "12", "place": "+7.0"},
        {"latitude": Decimal("36.3341"), "longitude": Decimal("113.2289")},
    ],
)
def test_the_event_id_is_the_one_of_the_reference_implementation(get, facts: dict[str, Any]) -> None:
    batch = BatchFactory(planted_on=None, harvested_on=None)
    event(batch, **{"stage": Stage.PRODUCTION, **facts})
    _compare(get(_of(batch)).json())


def _compare(document: dict[str, Any]) -> None:
    found = document["epcisBody"]["queryResults"]["resultsBody"]["eventList"]
    named = json.dumps({**document, "type": "EPCISDocument", "epcisBody": {"eventList": found}})
    expected = hash_generator.epcis_hashes_from_events(json_to_py.event_list_from_epcis_document_str(named))
    assert [each["eventID"] for each in found] == expected


def test_a_correction_declares_the_error_and_names_what_holds(get) -> None:
    batch = BatchFactory(planted_on=None, harvested_on=None)
    wrong = event(batch, title="浇水")
    correct_event(event=wrong, reason="记错了", recorded_at=NOW, title="追肥")
    answer = get(_of(batch))
    first, second = _events(answer)
    assert first["errorDeclaration"]["correctiveEventIDs"] == [second["eventID"]]
    assert first["errorDeclaration"]["reason"] == "incorrect_data"
    assert second["fengtu:corrects"] == first["fengtu:chainHash"] == f"ni:///sha-256;{wrong.hash}"
    _compare(answer.json())


def test_a_processed_batch_is_a_transformation_of_the_lots_it_was_made_from(get) -> None:
    source = BatchFactory(planted_on=None, harvested_on=None)
    batch = BatchFactory(planted_on=None, harvested_on=None)
    BatchInput.objects.create(batch=batch, source=source)
    event(batch, Stage.PROCESSING, title="切片", step=Step.SORTING)
    event(batch, Stage.PROCESSING, title="装袋", step=Step.PACKING)
    answer = get(_of(batch))
    made, packed = _events(answer)
    assert made["type"] == "TransformationEvent" and packed["type"] == "ObjectEvent"
    assert made["inputQuantityList"] == [{"epcClass": _lot(source)}]
    assert made["outputQuantityList"] == [{"epcClass": _lot(batch)}]
    assert _titles(get("?eventType=TransformationEvent")) == ["切片"]
    assert _titles(get("?eventType=ObjectEvent")) == ["装袋"]
    assert _titles(get("?EQ_action=OBSERVE")) == ["装袋"]
    _compare(answer.json())


def test_each_condition_narrows(get) -> None:
    batch = BatchFactory(planted_on=None, harvested_on=None)
    event(batch, Stage.PLANTING, day="2026-06-01", title="移栽", step=Step.SOWING)
    event(batch, day="2026-07-01", title="浇水", step=Step.IRRIGATION)
    event(batch, Stage.CIRCULATION, day="2026-11-01", title="发车", step=Step.SHIPPING)
    event(batch, Stage.SALE, day="2026-11-02", title="上架")
    for query, titles in {
        "EQ_bizStep=shipping": ["发车"],
        "EQ_bizStep=https://ref.gs1.org/cbv/BizStep-shipping": ["发车"],
        "EQ_bizStep=urn:epcglobal:cbv:bizstep:shipping": ["发车"],
        "EQ_bizStep=shipping|retail_selling": ["发车", "上架"],
        "EQ_bizStep=shipping&EQ_bizStep=retail_selling": ["发车", "上架"],
        "EQ_bizStep=flying": [],
        "EQ_disposition=retail_sold": ["上架"],
        "EQ_action=ADD": ["移栽"],
        "GE_eventTime=2026-11-01T00:00:00%2B08:00": ["发车", "上架"],
        "GE_eventTime=2026-11-01T00:00:00+08:00": ["发车", "上架"],
        "LT_eventTime=2026-07-01T04:00:00Z": ["移栽"],
        "GE_recordTime=2027-01-01T00:00:00Z": [],
        "eventType=AggregationEvent": [],
        "GE_eventTime=2026-06-30T00:00:00Z&EQ_bizStep=other": ["浇水"],
    }.items():
        assert _titles(get(f"?{query}")) == titles, query


def test_a_lot_is_known_by_every_name_it_has(get) -> None:
    batch = BatchFactory(planted_on=None, harvested_on=None, lot="LC261027-01")
    event(batch, title="采收")
    other = BatchFactory(planted_on=None, harvested_on=None, product=batch.product)
    event(other, title="第二批")
    gtin = batch.product.gtin
    prefix, item = gtin[1:8], gtin[0] + gtin[8:13]
    for name in (
        f"http://127.0.0.1:8000/01/{gtin}/10/lc261027-01",
        f"https://id.gs1.org/01/{gtin}/10/LC261027-01",
        f"urn:epc:class:lgtin:{prefix}.{item}.LC261027-01",
    ):
        for parameter in ("MATCH_epcClass", "MATCH_anyEPC", "MATCH_epc"):
            assert _titles(get(f"?{parameter}={quote(name, safe='')}")) == ["采收"], (parameter, name)
    for name in (f"https://id.gs1.org/01/{gtin}", f"https://id.gs1.org/01/{gtin}/10/*"):
        assert _titles(get(f"?MATCH_epcClass={quote(name, safe='')}")) == ["采收", "第二批"]
    assert _titles(get("?MATCH_epcClass=" + quote(f"https://id.gs1.org/01/{gtin}/10/NIE"))) == []


def test_the_resolver_links_to_the_events(get, client: Client) -> None:
    code = active_code()
    event(code.batch, title="采收")
    for path in (f"10/{code.batch.lot}", f"21/{code.serial}"):
        link = f"/01/{code.product.gtin}/{path}?linkType=gs1:epcis"
        answer = client.get(link)
        assert answer.status_code == 307
        assert _titles(client.get(answer["Location"])) == ["采收"]


def test_pages_follow_each_other_and_hold_every_event_once(get, client: Client) -> None:
    batch = BatchFactory(planted_on=None, harvested_on=None)
    for number in range(7):
        event(batch, title=f"第{number}步", recorded_at=NOW + timedelta(minutes=number // 2))
    for more in ("", "&orderBy=eventTime", "&orderDirection=DESC"):
        seen, url, pages = [], f"?perPage=3{more}", 0
        while url:
            answer = client.get(EVENTS + url)
            seen += _titles(answer)
            pages += 1
            link = re.match(r'<[^>]*(\?[^>]+)>; rel="next"', answer.get("Link", ""))
            url = link[1] if link else ""
        assert (sorted(seen), pages) == ([f"第{number}步" for number in range(7)], 3)


def test_a_page_costs_the_same_however_long_the_record_is(get, django_assert_num_queries) -> None:
    for _ in range(3):
        batch = BatchFactory(planted_on=None, harvested_on=None)
        BatchInput.objects.create(batch=batch, source=BatchFactory(planted_on=None, harvested_on=None))
        for title in ("切片", "装袋"):
            wrong = event(batch, Stage.PROCESSING, title=title)
        correct_event(event=wrong, reason="记错了", recorded_at=NOW, title="装箱")
    with django_assert_num_queries(3):  # events, corrections, input lots
        assert len(_events(get())) == 9


@pytest.mark.parametrize(
    "query",
    [
        "?MATCH_anyEPC=hello",
        "?MATCH_anyEPC=https://id.gs1.org/01/06901234567893",
        "?GE_eventTime=yesterday",
        "?GE_eventTime=2026-01-01T00:00:00",
        "?EQ_action=EAT",
        "?perPage=0",
        "?perPage=501",
        "?perPage=²",
        "?nextPageToken=x",
        "?orderBy=title",
        "?DROP_table=1",
        "?EQ_bizStep=",
    ],
)
def test_what_cannot_be_asked_is_refused_with_its_name(get, query: str) -> None:
    answer = get(query)
    assert answer.status_code == 400 and answer["Content-Type"] == "application/problem+json"
    facts = answer.json()
    assert facts["type"] == "epcisException:QueryParameterException"
    assert query[1:].partition("=")[0] in facts["detail"]


def test_a_page_token_of_another_query_is_refused(get) -> None:
    batch = BatchFactory(planted_on=None, harvested_on=None)
    for _ in range(2):
        event(batch)
    token = re.search(r"nextPageToken=([^&>]+)", get("?perPage=1")["Link"])
    assert token and get(f"?perPage=1&EQ_action=ADD&nextPageToken={token[1]}").status_code == 400


def test_formats_methods_and_versions(get, client: Client) -> None:
    assert get(headers={"accept": "application/json"})["Content-Type"] == "application/json"
    assert get(headers={"accept": "text/html"}).status_code == 406
    assert get(headers={"GS1-EPCIS-Version": "1.2"}).status_code == 406
    assert client.post(EVENTS).status_code == 405
    options = client.options(EVENTS)
    assert options.status_code == 204 and options["Access-Control-Allow-Origin"] == "*"
    assert "private" in get()["Cache-Control"]  # the page cache knows neither Accept nor tokens


def _package(code: Code, name: str = "MATCH_epc") -> str:
    return f"?{name}={quote(package_uri(code.product.gtin, code.serial), safe='')}"


def _as(member: Member | None, **facts) -> dict[str, str]:
    TOKENS["good"] = _Token(member, **facts)
    return {"Authorization": "Bearer good"}


def test_serials_are_shown_to_nobody_without_a_token(get) -> None:
    code = active_code()
    event(code.batch, title="采收")
    refused = get(_package(code))
    assert refused.status_code == 401 and refused.json()["type"] == "epcisException:SecurityException"
    for query in ("", _of(code.batch), _package(code, "MATCH_anyEPC")):
        answer = get(query)
        assert _titles(answer) == ["采收"] and code.serial not in answer.content.decode()


@pytest.mark.parametrize("shown", ["Bearer wrong", "Basic good", "Bearer", "Bearer good"])
def test_a_bad_token_is_refused_even_where_none_is_needed(get, shown: str) -> None:
    if shown == "Bearer good":
        _as(None, scopes=["batches"])
    answer = get("", headers={"Authorization": shown})
    assert answer.status_code == 401 and answer["WWW-Authenticate"].startswith("Bearer")


def test_a_package_is_shown_to_the_token_of_its_member(get) -> None:
    code = active_code()
    event(code.batch, title="采收")
    void_code(serial=code.serial, reason="标签破了", at=NOW + timedelta(days=1))
    answer = get(_package(code), headers=_as(code.product.member))
    born, gone = _events(answer)
    assert born["epcList"] == gone["epcList"] == [package_uri(code.product.gtin, code.serial)]
    assert (born["bizStep"], gone["bizStep"]) == ("commissioning", "decommissioning")
    _compare(answer.json())
    both = get(_package(code, "MATCH_anyEPC"), headers=_as(code.product.member))
    assert [each["bizStep"] for each in _events(both)] == ["commissioning", "decommissioning", "other"]
    narrowed = get(_package(code) + "&EQ_bizStep=decommissioning", headers=_as(code.product.member))
    assert _events(narrowed) == [gone]


def test_packages_of_others_stay_hidden(get) -> None:
    code, other = active_code(), active_code(sellable_batch())
    assert code.product.member_id != other.product.member_id
    assert _events(get(_package(code), headers=_as(other.product.member))) == []


def test_a_carton_names_what_lies_in_it(get) -> None:
    code = active_code()
    carton = Carton.objects.create(sscc="369123450000000018", batch=code.batch, capacity=6, made_at=NOW)
    Code.objects.filter(pk=code.pk).update(carton=carton)
    headers = _as(code.product.member)
    answer = get("?MATCH_epc=https://id.gs1.org/00/369123450000000018", headers=headers)
    (packed,) = _events(answer)
    assert packed["type"] == "AggregationEvent" and packed["parentID"].endswith("/00/369123450000000018")
    assert packed["childEPCs"] == [package_uri(code.product.gtin, code.serial)]
    assert packed in _events(get(_package(code), headers=headers))
    _compare(answer.json())


def test_packages_are_paged_like_lots(client: Client) -> None:
    code = active_code()
    void_code(serial=code.serial, reason="标签破了", at=NOW + timedelta(days=1))
    for title in ("采收", "装箱"):
        event(code.batch, title=title)
    headers, seen, url = _as(code.product.member), [], _package(code, "MATCH_anyEPC") + "&perPage=1"
    while url:
        answer = client.get(EVENTS + url, headers=headers)
        seen += [each["eventID"] for each in _events(answer)]
        link = re.match(r"<[^>]*(\?[^>]+)>", answer.get("Link", ""))
        url = link[1] if link else ""
    assert len(seen) == len(set(seen)) == 4


@given(st.text(max_size=60))
def test_any_text_is_an_identifier_or_refused(text: str) -> None:
    for candidate in (text, f"https://id.gs1.org/01/{text}", f"urn:epc:id:sgtin:{text}", f"https://[{text}"):
        try:
            read_identifier(candidate)
        except BadIdentifier:
            continue


@given(st.from_regex(r"[0-9A-Z._-]{1,20}", fullmatch=True))
def test_what_we_write_we_read(lot: str) -> None:
    gtin = "06901234567892"
    read = read_identifier(lot_uri(gtin, lot))
    assert DigitalLink(read.gtin, read.lot) == DigitalLink(gtin, lot)
