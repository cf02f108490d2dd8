"""The public register of trademarks: a table of 45 classes, nothing of what is only planned."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from association.models import TrademarksPage
from tests.factories.pages import add, brand_page, county
from tests.factories.trademarks import FilingFactory, TrademarkFactory


@pytest.fixture
def lucheng(db):
    region = county()
    add(brand_page(region), TrademarksPage(title="商标", intro="名字先占住。"))
    return region


def page(client) -> str:
    answer = client.get("/brand/trademarks/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_each_class_shows_how_it_stands_in_words_and_sign(client, lucheng):
    mark = TrademarkFactory(region=lucheng, name="卢医山", owner="潞城大葱协会")
    FilingFactory(trademark=mark, registered=True, number="示例31", goods="新鲜西红柿")
    FilingFactory(trademark=mark, nice_class=30, number="示例30")
    text = page(client)
    for words in ("卢医山", "潞城大葱协会", "示例31", "新鲜西红柿", "已注册", "申请中", "2035 年 3 月 13 日"):
        assert words in text
    assert text.count('scope="row"') == 45
    assert "鲜果蔬、种子、花卉" in text


def test_plans_notes_and_agents_stay_inside(client, lucheng):
    mark = TrademarkFactory(region=lucheng)
    FilingFactory(trademark=mark, nice_class=5, state="planned", applied_on=None, number="", note="别说出去")
    FilingFactory(trademark=mark, registered=True, agent="某代理", note="催过两回")
    text = page(client)
    for words in ("打算申请", "别说出去", "某代理", "催过两回"):
        assert words not in text


def test_an_empty_register_has_a_page(client, lucheng):
    assert "登记表里还没有商标" in page(client)


def test_a_trademark_of_another_county_is_not_here(client, lucheng):
    TrademarkFactory(region=county("daning", default=False), name="宁脆")
    assert "宁脆" not in page(client)


def test_a_full_register_takes_as_many_queries_as_one_filing(client, lucheng):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page(client)
        return len(captured)

    mark = TrademarkFactory(region=lucheng)
    FilingFactory(trademark=mark)
    queries()
    few = queries()
    for other in (mark, TrademarkFactory(region=lucheng)):
        for number in range(1, 31):
            FilingFactory(trademark=other, nice_class=number)
    assert queries() == few
