"""The written content of the demo counties agrees with itself and with the product's rules."""

import re
from datetime import UTC, datetime
from itertools import chain
from typing import Any

import pytest

from brand.models import Activity, Filing, Standard
from brand.themes import theme
from demo.load.articles import CATEGORIES as NEWS_CATEGORIES
from demo.load.body import paragraphs, story
from demo.load.calendar import Calendar
from demo.load.content import COUNTIES, SHARED, read
from demo.load.goods import CATEGORIES
from demo.load.pictures import FOLDER, TITLES
from lib.credit_code import validate_credit_code
from lib.gtin import validate_gtin14
from lib.nice import CLASSES
from record.models import Event
from record.models.batch import validate_lot
from training.models import Kind

STATES = {"valid", "suspended", "revoked"}


@pytest.fixture(params=COUNTIES)
def county(request: pytest.FixtureRequest) -> str:
    return request.param


def batches(county: str) -> list[dict[str, Any]]:
    return read(county, "batches")["batch"]


def slugs(county: str, name: str) -> set[str]:
    return {thing["slug"] for thing in read(county, f"{name}s")[name]}


def test_members_have_valid_credit_codes_of_their_county(county: str) -> None:
    adcode = read(county, "region")["region"]["adcode"]
    for member in read(county, "members")["member"]:
        validate_credit_code(member["credit_code"])
        assert member["credit_code"][2:8] == adcode


def test_gtins_have_the_right_check_digit_and_one_product_has_none(county: str) -> None:
    gtins = [product["gtin"] for product in read(county, "products")["product"]]
    for gtin in filter(None, gtins):
        validate_gtin14(gtin)
    assert "" in gtins
    assert len(set(filter(None, gtins))) == len(list(filter(None, gtins)))


def test_products_stand_in_categories_of_the_hall(county: str) -> None:
    assert {product["category"] for product in read(county, "products")["product"]} <= set(CATEGORIES)


def test_slugs_are_unique_over_all_counties() -> None:
    for name in ("product", "member", "base"):
        found = list(chain.from_iterable(slugs(county, name) for county in COUNTIES))
        assert len(found) == len(set(found))


def test_every_drawing_exists(county: str) -> None:
    drawings = {*theme(county).drawings, "", "land"}
    home = read(county, "region")["home"]
    used = {home["drawing"]}
    for name in ("product", "base", "course"):
        used |= {thing["art"] for thing in read(county, f"{name}s")[name]}
    assert used <= drawings


def test_what_is_named_is_there(county: str) -> None:
    products, members, bases = (slugs(county, name) for name in ("product", "member", "base"))
    home = read(county, "region")["home"]
    assert set(home["products"]) <= products
    assert set(home["tags"]) <= set(home["products"])
    assert home["base"] in bases
    assert {product["member"] for product in read(county, "products")["product"]} <= members
    assert {paper["product"] for paper in read(county, "products")["certification"]} <= products
    for licence in read(county, "members")["licence"]:
        assert licence["member"] in members
        assert set(licence["products"]) <= products
        assert licence["state"] in STATES
    for post in read(county, "posts")["post"]:
        assert set(post.get("products", [])) <= products
        assert post.get("base", home["base"]) in bases
    assert {slug for _name, _text, slug in read(county, "brand")["brand"]["brands"]} <= members


def test_licences_in_every_state(county: str) -> None:
    licences = read(county, "members")["licence"]
    assert {licence["state"] for licence in licences} == STATES
    assert any(licence["to_days"] > 0 and licence["state"] == "valid" for licence in licences)  # expired
    assert any(licence["to_days"] < 0 and licence["state"] == "valid" for licence in licences)


def test_batches_name_things_that_are_there_in_an_order_that_can_be(county: str) -> None:
    members, earlier = slugs(county, "member"), set()
    for batch in batches(county):
        assert batch["product"] in slugs(county, "product")
        assert batch["base"] in slugs(county, "base")
        assert set(batch.get("sources", [])) <= earlier
        earlier.add(batch["key"])
        planted, harvested = batch.get("planted", 9999), batch.get("harvested", 9999)
        assert planted >= harvested
        assert {event.get("responsible") for event in batch["event"]} <= members
        for event in batch["event"]:
            assert event["stage"] in Event.Stage.values
            assert 0 < event["days"] <= planted
            assert event.get("photo", "label-sheet") in TITLES
        known = {event.get("id") for event in batch["event"]}
        assert {fix["corrects"] for fix in batch.get("correction", [])} <= known


def test_lot_numbers_fit_on_a_label(county: str) -> None:
    day = Calendar(datetime(2026, 11, 22, 8, tzinfo=UTC)).day
    for batch in batches(county):
        names = {name: day(batch.get(name, 0)) for name in ("planted", "harvested", "packed")}
        validate_lot(batch["lot"].format(**names))


def test_each_county_has_a_correction_and_a_station(county: str) -> None:
    assert any("correction" in batch for batch in batches(county))
    devices = [base.get("device", []) for base in read(county, "bases")["base"]]
    assert sum(map(len, devices)) == 1


def test_a_batch_is_recalled_and_one_made_of_another() -> None:
    every = [batch for county in COUNTIES for batch in batches(county)]
    assert any("recalled" in batch for batch in every)
    assert any(batch.get("sources") for batch in every)


def test_posts_are_of_every_category_and_long_enough_to_read(county: str) -> None:
    posts = read(county, "posts")["post"]
    assert len(posts) >= 6
    assert {post["category"] for post in posts} <= set(NEWS_CATEGORIES)
    assert len({post["category"] for post in posts}) >= 4
    for post in posts:
        assert len(post["body"]) >= 240
        assert len(post["summary"]) <= 120


def test_courses_have_sections_and_lessons_with_text(county: str) -> None:
    courses = read(county, "courses")["course"]
    assert 2 <= len(courses) <= 8
    for course in courses:
        assert course["kind"] in Kind.values
        assert all(lesson["body"].strip() for section in course["section"] for lesson in section["lesson"])


@pytest.mark.parametrize(
    "name", ["region", "brand", "members", "products", "bases", "batches", "posts", "courses"]
)
def test_nothing_shouts(county: str, name: str) -> None:
    assert not re.search("[！!]", str(read(county, name)))


def test_shared_pages_fill_in_only_what_counties_have() -> None:
    names = {"name", "brand", "association", "phone", "email", "address"}
    pages = read(SHARED, "pages")
    for page in [*pages["page"], *pages["brand_page"]]:
        assert set(re.findall(r"{(\w+)}", page["intro"] + page["body"])) <= names
    assert [page["slug"] for page in pages["page"]] == ["about", "terms"]


def test_sample_pictures_are_small_and_credited() -> None:
    credits = (FOLDER / "CREDITS.md").read_text()
    for picture in [*FOLDER.glob("*.webp"), *FOLDER.glob("*.mp4")]:
        assert picture.name in credits
        most = (
            200_000 if picture.name.startswith("lesson-") else 60_000
        )  # lessons have sound, and last longer
        assert picture.stat().st_size < most


def test_text_becomes_blocks() -> None:
    text = "一段 & 二\n接着\n\n- 甲\n- 乙\n\n## 题\n\n> 话"
    assert story(text) == [
        ("text", "<p>一段 &amp; 二接着</p><ul><li>甲</li><li>乙</li></ul>"),
        ("heading", "题"),
        ("quote", {"text": "话", "who": ""}),
    ]
    assert paragraphs(text) == "<p>一段 &amp; 二接着</p><ul><li>甲</li><li>乙</li></ul>"


def test_activities_name_members_drawings_and_kinds_there_are(county: str) -> None:
    activities = read(county, "activities")["activity"]
    kinds, drawings = set(Activity.Kind.values), set(theme(county).drawings)
    assert {each["kind"] for each in activities} <= kinds
    assert {each["art"] for each in activities if "art" in each} <= drawings
    people = [who for each in activities for who in (*each.get("people", ()), *each.get("waiting", ()))]
    assert {company for _name, company, *_marks in people if company} <= slugs(county, "member")
    assert all(len(each.get("people", ())) <= each.get("capacity", 999) for each in activities)


def test_activities_have_addresses_of_their_own() -> None:
    found = [each["slug"] for county in COUNTIES for each in read(county, "activities")["activity"]]
    assert len(found) == len(set(found)) and "mine" not in found


def test_trademarks_say_that_they_are_examples_and_show_every_standing() -> None:
    filings = [
        filing
        for county in COUNTIES
        for mark in read(county, "trademarks")["mark"]
        for filing in mark["filing"]
    ]
    assert {filing["state"] for filing in filings} == set(Filing.State.values)
    assert not any("number" in filing for filing in filings), "numbers are made, and say 示例"
    for filing in filings:
        days = [filing[name] for name in ("applied", "published", "registered") if name in filing]
        assert days == sorted(days, reverse=True)
        assert filing.get("rest") or set(filing["classes"]) <= CLASSES.keys()


def test_standards_cover_every_step_and_name_crops_that_are_there(county: str) -> None:
    crops = {crop["name"] for crop in read(SHARED, "crops")["crop"]}
    standards = read(county, "standards")["standard"] + read(SHARED, "standards")["standard"]
    assert {standard["stage"] for standard in standards} == set(Standard.Stage.values)
    assert set(chain.from_iterable(standard.get("crops", []) for standard in standards)) <= crops
    assert len({standard["number"] for standard in standards}) == len(standards)
