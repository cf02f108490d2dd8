"""`setup_county`: a production county without demo content, safe to run twice."""

import io
import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import Page, Site

from accounts.models import User
from brand.models import Region
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
LUCHENG = {
    "name": "潞城", "full_name": "山西省长治市潞城区", "adcode": "140406", "host": "lucheng.example.org",
    "admin_phone": "138 0000 1234",
}  # fmt: skip
DANING = {
    **LUCHENG,
    "name": "大宁",
    "full_name": "山西省临汾市大宁县",
    "adcode": "141030",
    "host": "daning.example.org",
}


def setup(slug: str = "lucheng", **given: str) -> str:
    said = io.StringIO()
    call_command("setup_county", slug, stdout=said, **{**LUCHENG, **given})
    return said.getvalue()


def test_it_makes_county_site_pages_groups_and_administrator(client: Client, settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    said = setup()
    region = Region.objects.get()
    assert (region.slug, region.adcode, region.site.hostname) == ("lucheng", "140406", "lucheng.example.org")
    assert region.site.is_default_site
    admin = User.objects.get()
    assert admin.is_superuser and admin.phone == "+8613800001234"
    assert admin.check_password(re.search(r"password, shown only now: (\S+)", said)[1])
    assert not Page.objects.filter(title__startswith="Welcome").exists()
    for page in ("/", "/news/", "/training/", "/shop/catalogue/"):
        assert client.get(page, HTTP_HOST="lucheng.example.org").status_code == 200, page
    client.force_login(admin)
    assert client.get("/cms/").status_code == 200


def test_no_link_of_a_new_county_leads_nowhere(client: Client, settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    setup()
    home = client.get("/", HTTP_HOST="lucheng.example.org").content.decode()
    links = {
        link for link in re.findall(r'<a [^>]*href="(/[^"#?]*)', home) if not link.startswith("/static/")
    }
    assert {"/about/", "/terms/", "/brand/", "/brand/licences/"} <= links
    answers = {
        link: client.get(link, HTTP_HOST="lucheng.example.org", follow=True).status_code for link in links
    }
    assert set(answers.values()) == {200}, answers


def test_the_second_run_changes_nothing_and_shows_no_password() -> None:
    setup()
    before = (Page.objects.count(), Site.objects.count(), User.objects.get().password)
    said = setup()
    assert "password" not in said and said.count("was there") == 2
    assert (Page.objects.count(), Site.objects.count(), User.objects.get().password) == before


def test_a_second_county_stands_beside_the_first() -> None:
    setup()
    setup("daning", **DANING)
    assert Region.objects.count() == 2 == Site.objects.count()
    assert Site.objects.get(is_default_site=True).hostname == "lucheng.example.org"


@pytest.mark.parametrize(
    ("slug", "given", "why"),
    [
        ("atlantis", {}, "themes/atlantis"),
        ("lucheng", {"adcode": "14"}, "adcode|division|6|six|值|value"),
        ("lucheng", {"admin_phone": "12"}, "138 0000 1234"),
        ("daning", {**DANING, "host": "taken.example.org"}, "belongs to"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_made(slug: str, given: dict[str, str], why: str) -> None:
    if "taken" in given.get("host", ""):
        setup(host="taken.example.org")
    before = (Region.objects.count(), Page.objects.count(), User.objects.count())
    with pytest.raises(CommandError, match=why):
        setup(slug, **given)
    assert (Region.objects.count(), Page.objects.count(), User.objects.count()) == before


def test_other_facts_for_a_county_that_is_there_are_refused() -> None:
    setup()
    with pytest.raises(CommandError, match="back office"):
        setup(name="别的名字")
    assert Region.objects.get().name == "潞城"


def test_an_ordinary_account_does_not_become_administrator_silently() -> None:
    UserFactory(email=None, phone="13800001234")
    with pytest.raises(CommandError, match="no administrator"):
        setup()
    assert not User.objects.get().is_superuser


def test_a_password_can_be_typed(monkeypatch) -> None:
    monkeypatch.setattr("home.management.commands.setup_county.getpass", lambda _words: "da-cong-2026-x")
    said = setup(ask_password=True)
    assert User.objects.get().check_password("da-cong-2026-x") and "da-cong" not in said
