"""A query compiled once answers as the query does, for every key and in every thread."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.db.models import F

from brand.models import Product
from lib.prepared import TEXT, Prepared, PreparedInsert
from record.codes.issuing import issue_codes
from record.models import Batch, Code, ResidueTest
from tests.factories.brand import ProductFactory
from tests.factories.record import NOW, BatchFactory, ResidueTestFactory

FIELDS = ("name", "gtin", "needs_certificate", "member__name", "batches__planted_on", "batches__lot")
prepared = Prepared(lambda pk: Product.objects.filter(pk=pk).order_by("batches__pk").values(*FIELDS))


@pytest.mark.django_db
def test_it_gives_the_rows_of_the_query_for_each_key(django_assert_num_queries):
    products = [BatchFactory().product, ProductFactory(), BatchFactory().product]
    BatchFactory(product=products[0])
    for product in products:
        plain = Product.objects.filter(pk=product.pk).order_by("batches__pk").values(*FIELDS)
        with django_assert_num_queries(1):
            rows = prepared(product.pk)
        assert rows == list(plain)
    assert len(prepared(products[0].pk)) == 2 and prepared(products[1].pk)[0]["batches__lot"] is None


@pytest.mark.django_db
def test_it_knows_nothing_of_a_key_that_is_not_there():
    assert prepared(987_654) == []


@pytest.mark.django_db
def test_numbers_and_times_come_back_as_the_model_has_them():
    test = ResidueTestFactory()
    of_batch = Prepared(
        lambda pk: Batch.objects.filter(pk=pk).values("residue_tests__inhibition", "residue_tests__tested_at")
    )
    test.refresh_from_db()
    assert of_batch(test.batch_id) == [
        {"residue_tests__inhibition": test.inhibition, "residue_tests__tested_at": test.tested_at}
    ]


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_by_its_own_connection():
    products = [ProductFactory() for _ in range(4)]

    def name(product: Product) -> str:
        try:
            return prepared(product.pk)[0]["name"]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(name, products * 5)) == [product.name for product in products] * 5


@pytest.mark.django_db
def test_instances_come_with_what_they_select_along(django_assert_num_queries):
    by_serial = Prepared(
        lambda serial: (
            Code.objects.select_related("product__member", "batch")
            .annotate(scans_twice=F("scan_count") * 2)
            .filter(serial=serial)
        ),
        place=TEXT,
    )
    batch = BatchFactory()
    serials = issue_codes(product=batch.product, batch=batch, quantity=2, at=NOW)
    for serial in serials:
        with django_assert_num_queries(1):
            (code,) = by_serial(serial)
            assert code.product.member.name and code.batch == batch
        assert (code.serial, code.scans_twice, code._state.adding) == (serial, 0, False)
    assert by_serial("NOBODY") == []


@pytest.mark.django_db
def test_an_insert_writes_what_the_model_would(django_assert_num_queries):
    made = ResidueTestFactory()
    made.refresh_from_db()
    insert: PreparedInsert[ResidueTest] = PreparedInsert(ResidueTest)
    names = [field.attname for field in ResidueTest._meta.concrete_fields if not field.primary_key]
    for number in ("RT-ONE", "RT-TWO"):
        wanted = {name: getattr(made, name) for name in names} | {"number": number}
        with django_assert_num_queries(1):
            row = insert(ResidueTest(**wanted))
        written = ResidueTest.objects.get(pk=row.pk)
        assert row.pk != made.pk and not row._state.adding
        assert {name: getattr(written, name) for name in names} == wanted
