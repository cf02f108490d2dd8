"""How many readers there are, for those who write; not who they are."""

from datetime import UTC, datetime

import pytest

from news.counting.popular import find_popular
from news.counting.views import count_views
from news.models import Digest
from tests.factories.accounts import person
from tests.factories.pages import county, news_index, post
from tests.factories.readers import SubscriptionFactory, readers

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture
def region(db):
    region = county()
    page = post(news_index(region), "peitu", title="最后一遍培土")
    readers(region, 3, at=NOW)
    SubscriptionFactory(region=region, email="waiting@example.org", confirmed_at=None, asked_at=NOW)
    digest = Digest.objects.create(region=region, due_at=NOW, made_at=NOW, sent=2, failed=1)
    digest.posts.add(page)
    count_views({(NOW.date(), page.pk): 77})
    find_popular(on=NOW.date())
    return region


@pytest.mark.parametrize("role", ["editor", "reviewer"])
def test_those_who_write_see_how_many_and_no_address(client, region, role):
    client.force_login(person(role))
    text = client.get("/cms/news/readers/").content.decode()
    assert "<dd>3</dd>" in text and "<dd>1</dd>" in text
    assert "2026-11-20" in text and "最后一遍培土" in text and "77" in text
    assert "@example.org" not in text.partition("<main")[2]
    assert "/cms/news/readers/" in client.get("/cms/").content.decode()


def test_others_do_not(client, region):
    client.force_login(person("clerk"))
    assert client.get("/cms/news/readers/").status_code in {302, 403}
    assert "/cms/news/readers/" not in client.get("/cms/").content.decode()
