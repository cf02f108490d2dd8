"""A telephone number in a text of the pool is found however it is written; other figures pass."""

from dataclasses import replace

import pytest

from tests.factories.brand import MemberFactory, RepresentativeFactory
from tests.factories.pages import county
from tests.factories.training import BEGAN, TalentFactory
from training.models import ContactRequest
from training.talent import contacting, joining
from training.talent.joining import Profile
from training.talent.numbers import refuse_numbers
from training.talent.refusals import NumberInWords


@pytest.mark.parametrize(
    "text",
    [
        "从2018 13800138000", "13800138000 2018年起", "１３８００１３８０００", "一三八零零一三八零零零",
        "幺三八〇〇幺三八〇〇〇", "138–0013–8000", "1 3 8 0 0 1 3 8 0 0 0", "138/0013/8000", "①③⑧00138000",
        "138\u200b0013\u200b8000", "(138)00138000", "+86 (138) 0013-8000", "电话13800138000谢谢",
    ],
)  # fmt: skip
def test_a_number_is_found(text):
    with pytest.raises(NumberInWords):
        refuse_numbers(text)


@pytest.mark.parametrize(
    "text",
    [
        "2018 年 3000–4500 元", "2018年起，13 亩地，80 头羊，2000 斤", "每月 1500-2000，300 元奖金",
        "一九九八年 3000 元", "编号 4101380000123456789", "2026-11-24 10:00", "",
    ],
)  # fmt: skip
def test_other_figures_pass(text):
    refuse_numbers(text)


@pytest.fixture
def talent(db):
    return TalentFactory(region=county())


@pytest.mark.parametrize("field", ["headline", "about", "place"])
def test_every_text_of_a_profile_is_looked_at(talent, field):
    profile = Profile(headline="会直播", hours="part", reach="county", phone="+8613800001234")
    with pytest.raises(NumberInWords):
        joining.change(trainee=talent.trainee, profile=replace(profile, **{field: "138 0000 1234"}), at=BEGAN)
    talent.refresh_from_db()
    assert "138" not in getattr(talent, field)


def test_a_message_with_a_number_is_not_sent(talent):
    tie = RepresentativeFactory(member=MemberFactory(region=talent.region))
    with pytest.raises(NumberInWords):
        contacting.ask(
            talent_pk=talent.pk, member=tie.member, by=tie.user, message="打我电话 13800138000", at=BEGAN
        )
    assert not ContactRequest.objects.exists()
