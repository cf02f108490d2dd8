"""Addresses as people paste them, and areas as an office writes them."""

import pytest

from shop.divisions.areas import UnknownArea, codes_of, names_of
from shop.divisions.pasted import read_pasted
from shop.divisions.table import cities, districts, place, provinces

PASTED = [
    ("张三 13800001234 山西省长治市潞城区店上镇张家河村12号", "张三", "140406", "店上镇张家河村12号"),
    ("收货人：李小红\n手机：+86 139-1234-5678\n所在地区：北京市朝阳区\n详细地址：望京街6号院",
     "李小红", "110105", "望京街6号院"),
    ("王芳，13712345678，广东东莞南城街道鸿福路100号", "王芳", "441900", "南城街道鸿福路100号"),
    ("忻州市忻府区合索镇北合索村 赵六 15035001111", "赵六", "140902", "合索镇北合索村"),
    ("渑池县城关镇黄河路18号，13939812345，刘洋", "刘洋", "411221", "城关镇黄河路18号"),
    ("孙悟空13800001234湖北仙桃市龙华山街道5号", "孙悟空", "429004", "龙华山街道5号"),
    ("上海市浦东新区世纪大道100号 周杰 13612345678 200120", "周杰", "310115", "世纪大道100号"),
    ("延边州延吉市河南街 13812345678 金明", "金明", "222401", "河南街"),
    ("山西省长治市 潞城区 店上镇 张家河村12号 张三 13800001234", "张三", "140406", "店上镇 张家河村12号"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "code", "street"), PASTED)
def test_a_pasted_address_is_read(text: str, name: str, code: str, street: str) -> None:
    found = read_pasted(text)
    assert found.place is not None
    assert (found.name, found.place.code, found.street) == (name, code, street)
    assert found.phone.startswith("+861")


@pytest.mark.parametrize("text", ["", "   ", "你好", "12345", "城区凤台街1号", "省市区" * 200, "\x00", "+86"])
def test_what_is_no_address_gives_no_district(text: str) -> None:
    assert read_pasted(text).place is None


def test_a_district_shared_by_several_cities_is_not_guessed() -> None:
    assert read_pasted("鼓楼区中山路1号 13812345678 陈晨").place is None


def test_every_district_can_be_chosen_and_is_a_place() -> None:
    chosen = [
        code for province, _ in provinces() for city, _ in cities(province) for code, _ in districts(city)
    ]
    assert len(chosen) > 2_800 and len(set(chosen)) == len(chosen)
    assert all(place(code) for code in chosen)


@pytest.mark.parametrize("code", ["", "140000", "140400", "999999", "710000", "810000", "abcdef", "1404066"])
def test_what_no_parcel_can_be_addressed_to_is_no_place(code: str) -> None:
    assert place(code) is None


def test_areas_are_read_by_their_names_and_written_back() -> None:
    areas = codes_of("新疆、西藏 三沙市，山西；长治市 潞城区 1409")
    assert areas == ["65", "54", "4603", "14", "1404", "140406", "1409"]
    assert codes_of(names_of(areas)) == areas


@pytest.mark.parametrize("name", ["亚特兰蒂斯", "鼓楼区", "99"])
def test_an_area_that_is_not_known_or_not_one_is_refused(name: str) -> None:
    with pytest.raises(UnknownArea):
        codes_of(f"山西、{name}")
