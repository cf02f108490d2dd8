"""What editors do is told to the outbox once, with the county whose pages show it."""

import pytest
from django.urls import reverse
from wagtail.log_actions import log
from wagtail.models import PageViewRestriction, Site

from accounts.models import User
from brand.models import Product
from changes.models import Change
from tests.factories.brand import ProductFactory
from tests.factories.pages import county, news_index, post


@pytest.fixture
def index(db):
    return news_index(county())


@pytest.fixture
def told(index):
    """Return what was told since the list of posts exists."""
    seen = set(Change.objects.values_list("pk", flat=True))

    def changes():
        return [(c.thing, c.kind, c.region) for c in Change.objects.exclude(pk__in=seen).order_by("pk")]

    return changes


def test_publishing_and_unpublishing_are_told(index, told):
    page = post(index, "peitu")
    page.unpublish()
    assert told() == [(f"news.newspage:{page.pk}", "saved", "lucheng")] * 2


def test_a_draft_is_nobodys_business(index, told):
    page = post(index, "peitu", live=False)
    page.title = "改了"
    page.save_revision()
    assert told() == []


def test_deleting_is_told_once_for_each_page(index, told):
    pages = [index, post(index, "a"), post(index, "b")]
    expected = sorted((f"{page._meta.label_lower}:{page.pk}", "deleted", "lucheng") for page in pages)
    index.refresh_from_db()
    index.delete()
    assert sorted(row for row in told() if row[1] == "deleted") == expected


def test_moving_to_another_county_is_told_to_both(index, told):
    daning = news_index(county("daning", default=False, adcode="141030"))
    page = post(index, "peitu")
    before = len(told())
    page.move(daning, pos="last-child")
    assert sorted(told()[before:]) == [
        (f"news.newspage:{page.pk}", "saved", "daning"),
        (f"news.newspage:{page.pk}", "saved", "lucheng"),
    ]


def test_restricting_a_page_is_told(index, told):
    page = post(index, "peitu")
    before = len(told())
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    restriction.delete()
    assert told()[before:] == [(f"news.newspage:{page.pk}", "saved", "lucheng")] * 2


def test_what_is_edited_in_the_back_office_is_told_with_its_county(index, told):
    product = ProductFactory()
    log(instance=product, action="wagtail.edit")
    log(instance=product, action="wagtail.delete", deleted=True)
    assert told() == [
        (f"brand.product:{product.pk}", "saved", "lucheng"),
        (f"brand.product:{product.pk}", "deleted", "lucheng"),
    ]


def test_what_is_saved_without_an_editor_is_not(index, told):
    product = ProductFactory()
    Product.objects.filter(pk=product.pk).update(summary="新的")
    product.save()
    assert told() == []


def test_people_are_not_public(index, told):
    user = User.objects.create_user(email="editor@example.com", password="葱" * 12)
    log(instance=user, action="wagtail.edit")
    assert told() == []


def test_editing_a_site_in_the_back_office_reaches_the_outbox(client, index, told, settings):
    admin = User.objects.create_superuser(email="admin@example.com", password="葱" * 12)
    client.force_login(admin, backend=settings.AUTHENTICATION_BACKENDS[-1])
    site = Site.objects.get(is_default_site=True)
    data = {
        "hostname": site.hostname,
        "port": 80,
        "site_name": "潞城",
        "root_page": site.root_page_id,
        "is_default_site": "on",
    }
    answer = client.post(reverse("wagtailsites:edit", args=[site.pk]), data)
    assert answer.url == reverse("wagtailsites:index")
    assert told() == [(f"wagtailcore.site:{site.pk}", "saved", "lucheng")]
