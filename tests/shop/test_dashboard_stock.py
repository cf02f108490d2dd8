"""Oscar's dashboard changes prices; how many there are stands in the ledger, what is promised with orders."""

import pytest
from oscar.core.loading import get_class

from shop.partner.models import StockRecord
from tests.factories.accounts import person
from tests.factories.shop import ArticleFactory

pytestmark = pytest.mark.django_db


def test_a_price_saved_in_the_dashboard_moves_no_stock() -> None:
    article = ArticleFactory()
    record = StockRecord.objects.get(product=article)
    form = get_class("dashboard.catalogue.forms", "StockRecordForm")(
        article.product_class,
        person("shop_operator"),
        {
            "partner": record.partner_id, "partner_sku": record.partner_sku, "price_currency": "CNY",
            "price": "41.50", "num_in_stock": "9999", "low_stock_threshold": "3",
        },
        instance=record,
    )  # fmt: skip
    was = record.num_in_stock
    StockRecord.objects.filter(pk=record.pk).update(num_allocated=2)  # an order comes while the form is open
    assert form.is_valid(), form.errors
    form.save()
    record = StockRecord.objects.get(pk=record.pk)
    assert (str(record.price), record.low_stock_threshold) == ("41.50", 3)
    assert (record.num_in_stock, record.num_allocated) == (was, 2)
