"""Rules and standards for everybody: which edition to follow, what changed, what can be filtered."""

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from association.models import RulesPage, StandardsPage
from brand.models import Crop, Rule, RuleEdition, Standard, StandardEdition
from tests.factories.pages import add, brand_page, county

PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
def lucheng(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    region = county()
    brand = brand_page(region)
    add(brand, RulesPage(title="用标的规矩", intro="标归协会。"))
    add(brand, StandardsPage(title="标准库"))
    return region


def day(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def rule(region, slug="use", *editions: tuple[str, int, str], **facts) -> Rule:
    made = Rule.objects.create(region=region, title="用标管理办法", slug=slug, **facts)
    for label, days, changes in editions:
        one = RuleEdition(rule=made, label=label, in_force_from=day(days), changes=changes, size=len(PDF))
        one.file.save("x.pdf", ContentFile(PDF), save=False)
        one.save()
    return made


def standard(region, slug, stage, *crops: Crop, days: int = 10) -> Standard:
    made = Standard.objects.create(
        region=region, number=f"T/X {slug}", title=f"规程 {slug}", slug=slug, stage=stage
    )
    made.crops.set(crops)
    made.save()
    StandardEdition.objects.create(
        standard=made, label="2024", in_force_from=day(days), link="https://openstd.samr.gov.cn/"
    )
    return made


def page(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_leads_with_the_edition_in_force_and_says_what_comes(client, lucheng):
    made = rule(lucheng, "use", ("第三版", -10, "改成七天。"), ("第二版", 100, ""), ("第一版", 400, ""))
    text = page(client, "/brand/rules/")
    current = made.editions.get(label="第二版")
    assert current.file.url in text and 'download="用标管理办法 第二版.pdf"' in text
    assert "现行" in text and "第三版" in text
    assert "第一版" not in text
    assert "标归协会。" in text


def test_the_page_of_a_rule_keeps_every_edition_and_what_it_changed(client, lucheng):
    made = rule(lucheng, "use", ("第二版", 100, "三年一换。"), ("第一版", 400, ""))
    text = page(client, "/brand/rules/use/")
    assert text.index("第二版") < text.index("第一版")
    assert "三年一换。" in text and "已换版" in text
    for edition in made.editions.all():
        assert edition.file.url in text


def test_one_address_always_leads_to_the_text_in_force(client, lucheng):
    made = rule(lucheng, "use", ("第二版", 0, ""), ("第一版", 400, ""))
    answer = client.get("/brand/rules/use/current.pdf")
    assert (answer.status_code, answer["Location"]) == (302, made.editions.get(label="第二版").file.url)
    made.editions.all().delete()
    assert client.get("/brand/rules/use/current.pdf").status_code == 404


def test_a_rule_that_is_not_in_force_says_so(client, lucheng):
    rule(lucheng, "coming", ("第一版", -5, ""))
    rule(lucheng, "empty")
    assert "还没到施行的日子" in page(client, "/brand/rules/coming/")
    assert "还没有版本" in page(client, "/brand/rules/empty/")
    RuleEdition.objects.filter(rule__slug="coming").update(in_force_from=day(50), withdrawn_on=day(1))
    assert "没有接替它的" in page(client, "/brand/rules/coming/")


def test_what_is_not_public_or_of_another_county_is_404(client, lucheng):
    rule(lucheng, "hidden", ("一", 10, ""), is_public=False)
    rule(county("daning", default=False), "theirs", ("一", 10, ""))
    for slug in ("hidden", "theirs", "nothing"):
        assert client.get(f"/brand/rules/{slug}/").status_code == 404
        assert client.get(f"/brand/rules/{slug}/current.pdf").status_code == 404
    assert "用标管理办法" not in page(client, "/brand/rules/")


def test_the_list_of_rules_takes_as_many_queries_for_many_as_for_one(client, lucheng):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page(client, "/brand/rules/")
        return len(captured)

    rule(lucheng, "one", ("一", 10, ""))
    queries()
    few = queries()
    for number in range(5):
        rule(lucheng, f"more-{number}", ("二", 5, ""), ("一", 10, ""))
    assert queries() == few


def test_standards_are_filtered_by_step_and_crop_with_how_many_each_choice_leads_to(client, lucheng):
    scallion, millet = (Crop.objects.create(name=name) for name in ("大葱", "谷子"))
    standard(lucheng, "grow", "planting", scallion)
    standard(lucheng, "mill", "processing", millet)
    standard(lucheng, "all", "transport")
    everything = page(client, "/brand/standards/")
    assert [f"规程 {slug}" in everything for slug in ("grow", "mill", "all")] == [True] * 3
    growing = page(client, "/brand/standards/?stage=planting")
    assert "规程 grow" in growing and "规程 mill" not in growing
    of_millet = page(client, f"/brand/standards/?crop={millet.pk}")
    assert "规程 mill" in of_millet and "规程 all" in of_millet, "one for every crop holds for millet too"
    assert "规程 grow" not in of_millet
    assert f"?stage=planting&amp;crop={scallion.pk}" in page(client, "/brand/standards/?stage=planting")
    nothing = page(client, f"/brand/standards/?stage=planting&crop={millet.pk}")
    assert "看全部标准" in nothing


@pytest.mark.parametrize(
    "query", ["stage=harvest", "crop=abc", "crop=999999999999999999999", "crop=４２", "stage="]
)
def test_a_query_that_makes_no_sense_shows_everything(client, lucheng, query):
    standard(lucheng, "grow", "planting")
    assert "规程 grow" in page(client, f"/brand/standards/?{query}")


def test_a_county_without_texts_has_a_page_all_the_same(client, lucheng):
    assert "还没有文件" in page(client, "/brand/rules/")
    assert "还没有标准" in page(client, "/brand/standards/")


def test_the_pages_are_kept_for_everybody(client, lucheng):
    rule(lucheng, "use", ("一", 10, ""))
    for path in ("/brand/rules/", "/brand/rules/use/", "/brand/standards/", "/en/brand/rules/"):
        answer = client.get(path)
        assert not answer.cookies and "Cookie" not in answer.get("Vary", "")


def test_these_pages_have_one_address_whatever_an_editor_types(db):
    region = county()
    brand = brand_page(region)
    rules = RulesPage(title="规矩", slug="something-else")
    add(brand, rules)
    assert rules.slug == "rules"
    assert RulesPage.can_create_at(brand) is False
