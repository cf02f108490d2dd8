"""Season and films of a batch: one part for all its packages, fetched by the record page, kept for all."""

import pytest
from django.core.cache import cache

from record.codes.issuing import issue_codes
from tests.factories.record import NOW, BatchFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch():
    return BatchFactory(planted_on="2026-06-01", harvested_on="2026-10-01")


def part(batch) -> str:
    return f"/trace/batches/{batch.product.gtin}/{batch.lot}/season/"


def test_a_package_names_where_its_season_is_and_leads_there_without_scripts(client, batch):
    serial = issue_codes(product=batch.product, batch=batch, quantity=1, at=NOW)[0]
    page = client.get(f"/trace/{serial}/").content.decode()
    assert f'data-later="{part(batch)}"' in page
    assert f'href="/trace/batches/{batch.product.gtin}/{batch.lot}/#season"' in page
    assert "record/later" in page


def test_the_part_tells_the_season_without_a_page_around_it(client, batch):
    answer = client.get(part(batch))
    text = answer.content.decode()
    assert 'id="season"' in text and "<html" not in text
    assert answer["X-Robots-Tag"] == "noindex" and "private" not in answer["Cache-Control"]
    assert not answer.cookies


def test_the_page_of_the_batch_has_it_in_place(client, batch):
    page = client.get(f"/trace/batches/{batch.product.gtin}/{batch.lot}/").content.decode()
    assert 'id="season"' in page and "data-later" not in page


def test_an_unknown_lot_has_no_season(client, batch):
    assert client.get(f"/trace/batches/{batch.product.gtin}/NOBODY/season/").status_code == 404


def test_the_record_of_a_package_asks_few_times(client, batch, django_assert_max_num_queries):
    serial = issue_codes(product=batch.product, batch=batch, quantity=1, at=NOW)[0]
    client.get(f"/trace/{serial}/")
    cache.clear()
    with django_assert_max_num_queries(7):
        client.get(f"/trace/{serial}/")
