"""The licence check: tolerant of how people type, exact in what it says, silent about the unknown."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from association.licences.guessing import MISSES_ALLOWED, visitor_mark
from association.licences.numbers import canonical_number
from association.licences.verdicts import licence_verdict
from brand.models import Licence
from tests.factories.brand import LicenceFactory, MemberFactory, ProductFactory
from tests.factories.pages import county

TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def nobody_guessed_yet():
    cache.clear()


@pytest.fixture
def licence(db):
    region = county()
    member = MemberFactory(region=region, credit_code="93140406MA0KX7P525")
    products = [ProductFactory(member=member, name="潞城大葱 鲜葱")]
    today = timezone.localdate()
    return LicenceFactory(
        number="LC-2026-0017",
        member=member,
        products=products,
        valid_from=today - timedelta(days=30),
        valid_to=today + timedelta(days=300),
    )


@pytest.mark.parametrize(
    "typed",
    [
        "LC-2026-0017",
        "lc-2026-0017",
        "  LC-2026-0017 ",
        "ＬＣ－２０２６－００１７",
        "LC—2026—0017",
        "LC一2026一0017",
        "LC 2026 0017",
        "LC - 2026 - 0017",
        "编号：LC-2026-0017",
        "https://lucheng.example.cn/brand/licences/LC-2026-0017/?from=wechat",
    ],
)
def test_every_way_of_typing_a_number_is_one_number(typed):
    assert canonical_number(typed) == "LC-2026-0017"


@pytest.mark.parametrize("junk", ["", "   ", "——", "编号：", "-" * 500])
def test_what_holds_no_number_is_no_number(junk):
    assert canonical_number(junk) == ""


@pytest.mark.parametrize(
    ("facts", "key", "seal"),
    [
        ({}, "valid", "准"),
        ({"valid_from": date(2026, 12, 1)}, "early", "未"),
        ({"valid_to": date(2026, 11, 21)}, "expired", "期"),
        ({"state": "suspended"}, "suspended", "停"),
        ({"state": "revoked", "valid_to": date(2026, 11, 21)}, "revoked", "废"),
    ],
)
def test_a_licence_is_told_by_its_state_and_its_dates(facts, key, seal):
    licence = Licence(
        **{"valid_from": date(2026, 1, 1), "valid_to": date(2027, 1, 1), "state": "valid", **facts}
    )
    verdict = licence_verdict(licence, on=TODAY)
    assert (verdict.key, verdict.seal, verdict.is_valid) == (key, seal, key == "valid")


def test_the_first_and_the_last_day_count():
    licence = Licence(valid_from=TODAY, valid_to=TODAY, state="valid")
    assert licence_verdict(licence, on=TODAY).is_valid


def test_states_differ_in_words_and_in_the_shape_of_the_seal():
    from association.licences.verdicts import VERDICTS

    for field in ("seal", "look", "headline"):
        assert len({str(getattr(verdict, field)) for verdict in VERDICTS.values()}) == len(VERDICTS)


def test_the_result_shows_every_field(client, licence):
    page = client.get("/brand/licences/LC-2026-0017/").content.decode()
    product = licence.products.get()
    expected = [
        licence.number,
        licence.member.name,
        "93140406MA0KX7P525",
        "潞城大葱",
        product.name,
        product.gtin,
    ]
    for text in [*expected, product.pack_size, licence.region.full_name, f"{licence.valid_to.year} 年"]:
        assert text in page
    assert 'class="verdict ok"' in page


@pytest.mark.parametrize(("state", "look"), [("suspended", "odd"), ("revoked", "void")])
def test_a_licence_that_does_not_hold_has_no_plaque(client, licence, state, look):
    Licence.objects.update(state=state)
    page = client.get("/brand/licences/LC-2026-0017/").content.decode()
    assert f'class="verdict {look}"' in page
    assert 'class="plaque"' not in page


def test_a_typed_number_goes_to_its_own_address(client, licence):
    answer = client.get("/brand/licences/", {"number": " lc—2026—0017 "})
    assert answer.status_code == 302
    assert answer.url == "/brand/licences/LC-2026-0017/"


@pytest.mark.parametrize("typed", ["lc-2026-0017", "LC20260017", "LC—2026—0017"])
def test_another_spelling_in_the_address_goes_to_the_right_one(client, licence, typed):
    assert client.get(reverse("association:licence", args=[typed])).url == "/brand/licences/LC-2026-0017/"


def test_an_empty_number_is_asked_for_again(client, licence):
    page = client.get("/brand/licences/", {"number": " "})
    assert page.status_code == 200
    assert 'aria-invalid="true"' in page.content.decode()


@pytest.mark.parametrize(
    "number", ["LC-2026-9999", "LC", "%", "_", "LC-2026-001", "'; drop table", "x" * 400]
)
def test_an_unknown_number_is_404_with_the_form_and_tells_nothing(client, licence, number):
    answer = client.get(reverse("association:licence", args=[number]))
    page = answer.content.decode()
    assert answer.status_code == 404
    assert 'name="number"' in page
    assert licence.member.name not in page
    assert "0017</" not in page


def test_markup_in_a_number_stays_text(client, licence):
    page = client.get(reverse("association:licence", args=["<script>alert(1)"])).content.decode()
    assert "<script>alert" not in page.lower()


def test_guessing_is_stopped_and_nothing_is_told_any_more(client, licence):
    for number in range(MISSES_ALLOWED):
        assert client.get(f"/brand/licences/GUESS-{number}/").status_code == 404
    answer = client.get("/brand/licences/LC-2026-0017/")
    assert answer.status_code == 429
    assert answer["Retry-After"] == "600"
    assert licence.member.name not in answer.content.decode()


def test_one_visitor_who_guesses_does_not_lock_out_another(client, licence):
    for number in range(MISSES_ALLOWED + 1):
        client.get(f"/brand/licences/GUESS-{number}/")
    assert client.get("/brand/licences/LC-2026-0017/", REMOTE_ADDR="192.0.2.7").status_code == 200


def test_right_numbers_are_no_guesses(client, licence):
    for _ in range(MISSES_ALLOWED + 3):
        assert client.get("/brand/licences/LC-2026-0017/").status_code == 200


def test_the_mark_of_a_visitor_holds_no_address_and_changes_every_day():
    at = timezone.now()
    mark = visitor_mark("192.0.2.7", at=at)
    assert "192.0.2" not in mark
    assert mark != visitor_mark("192.0.2.7", at=at + timedelta(days=1))
    assert mark != visitor_mark("192.0.2.8", at=at)
    assert visitor_mark("2001:db8::1", at=at) == visitor_mark("2001:db8::2", at=at)


def test_a_licence_of_another_county_wears_its_own_colours(client, licence):
    daning = county("daning", default=False, name="大宁", full_name="山西省临汾市大宁县", adcode="141030")
    LicenceFactory(number="DN-2026-0001", member=MemberFactory(region=daning))
    assert 'data-region="daning"' in client.get("/brand/licences/DN-2026-0001/").content.decode()


def test_the_check_can_be_cached_and_takes_few_queries(client, licence, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        answer = client.get("/brand/licences/LC-2026-0017/")
    assert not answer.cookies
    assert "csrf" not in answer.content.decode().lower()
    assert "Cookie" not in answer.get("Vary", "")


def test_more_products_take_no_more_queries(client, licence, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get("/brand/licences/LC-2026-0017/")  # the frame of the page is kept from here on
    with CaptureQueriesContext(connection) as first:
        client.get("/brand/licences/LC-2026-0017/")
    licence.products.add(*(ProductFactory(member=licence.member) for _ in range(5)))
    with django_assert_num_queries(len(first)):
        client.get("/brand/licences/LC-2026-0017/")


def test_english_is_under_en(client, licence):
    page = client.get("/en/brand/licences/LC-2026-0017/").content.decode()
    assert '<html lang="en"' in page
    assert "may use the brand" in page
