"""The frame of a page is kept until something public changes, one for each place, language and county."""

import pytest

from changes import version
from cms.frame import Frame
from tests.factories.pages import county

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept() -> Frame:
    return Frame()


def test_a_part_is_rendered_once_until_something_changes(kept, monkeypatch):
    rendered = iter(["first", "second"])
    assert [kept.part("head", lambda: next(rendered)) for _ in range(3)] == ["first"] * 3
    monkeypatch.setattr(version, "_seen", version.seen() + 1)
    assert kept.part("head", lambda: next(rendered)) == "second"


def test_a_part_is_rendered_anew_after_half_a_minute(kept, monkeypatch):
    kept.part("head", lambda: "old")
    monkeypatch.setattr("cms.frame.KEEP_SECONDS", -1.0)
    kept.forget()
    kept.part("head", lambda: "old")
    assert kept.part("head", lambda: "new") == "new"


def test_hosts_that_visitors_invent_do_not_pile_up(kept, monkeypatch):
    monkeypatch.setattr("cms.frame.MOST_PARTS", 10)
    for number in range(50):
        kept.part(number, lambda: "x")
    assert len(kept._parts) == 10


def test_pages_mark_their_own_place_and_lead_to_themselves_in_the_other_language(client):
    county()
    client.get("/trace/")
    bases, brand = client.get("/bases/").content.decode(), client.get("/brand/licences/").content.decode()
    assert '<a href="/bases/" aria-current="page">' in bases
    assert '<a href="/bases/" aria-current="page">' not in brand
    assert 'href="/en/bases/"' in bases and 'href="/en/brand/licences/"' in brand
    english = client.get("/en/bases/").content.decode()
    assert '<a href="/en/bases/" aria-current="page">' in english and ">The fields<" in english


def test_each_county_has_a_frame_of_its_own(client):
    county("lucheng")
    county("daning")
    one = client.get("/trace/", headers={"host": "lucheng.localhost"}).content.decode()
    other = client.get("/trace/", headers={"host": "daning.localhost"}).content.decode()
    assert "<span>潞城" in one and "<span>大宁" in other
