"""The pages of activities: what is on, signing up with and without an account, one's own place."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from accounts.pages import links_for
from brand.models import SignUp
from notices.gateways import memory
from tests.factories.accounts import UserFactory
from tests.factories.activities import ActivityFactory, person_at
from tests.factories.brand import MemberFactory, RepresentativeFactory
from tests.factories.pages import county

pytestmark = pytest.mark.django_db
PHONE = "138 0000 0009"


@pytest.fixture(autouse=True)
def _empty():
    memory.outbox.clear()


@pytest.fixture
def lucheng():
    return county()


def soon(region, **facts):
    """An activity four days from now."""
    begins = timezone.now().replace(microsecond=0) + timedelta(days=4)
    return ActivityFactory(region=region, starts_at=begins, ends_at=begins + timedelta(hours=3), **facts)


@pytest.fixture
def salon(lucheng):
    return soon(lucheng, slug="salon")


def code_sent() -> str:
    return re.search(r"\d{6}", memory.outbox[-1].text)[0]


def ask(client, activity, **facts):
    """Fill in the form and ask for the code."""
    return client.post(
        f"/brand/activities/{activity.slug}/sign-up/", {"name": "王秀兰", "phone": PHONE, **facts}
    )


def test_the_list_shows_this_countys_coming_and_past(client, lucheng, salon):
    now = timezone.now()
    past = {"starts_at": now - timedelta(days=9), "ends_at": now - timedelta(days=8)}
    ActivityFactory(region=lucheng, title="八月葱王赛", **past)
    ActivityFactory(region=lucheng, title="没办成的", called_off_at=now, **past)
    soon(lucheng, title="还没公布", is_public=False)
    soon(county("daning", default=False, name="大宁", adcode="141030"), title="苹果开园节")
    page = client.get("/brand/activities/").content.decode()
    assert page.index(salon.title) < page.index("八月葱王赛")
    assert not [title for title in ("没办成的", "还没公布", "苹果开园节") if title in page]


def test_the_list_filters_by_kind_and_takes_junk_calmly(client, lucheng, salon):
    soon(lucheng, title="年货大集", kind="fair")
    page = client.get("/brand/activities/?kind=fair").content.decode()
    assert "年货大集" in page and salon.title not in page
    for query in ("kind=🌶", "page=x", "page=-1", "kind=fair&page=99999"):
        assert client.get(f"/brand/activities/?{query}").status_code == 200


def test_an_empty_list_says_so(client, lucheng):
    assert "眼下没有安排" in client.get("/brand/activities/").content.decode()


def test_the_list_asks_the_same_however_many_there_are(client, lucheng, django_assert_max_num_queries):
    for number in range(8):
        soon(lucheng, title=f"活动{number}")
    client.get("/brand/activities/")
    with django_assert_max_num_queries(10):
        client.get("/brand/activities/")


def test_one_activity_says_when_where_and_what_is_left(client, salon):
    person_at(salon, at=timezone.now())
    page = client.get("/brand/activities/salon/").content.decode()
    assert "还有 1 个名额" in page and salon.place in page and '"@type": "Event"' in page
    assert "王1兰" not in page


def test_what_is_not_shown_yet_is_not_found(client, lucheng):
    hidden = soon(lucheng, is_public=False)
    for end in ("/", "/sign-up/", ".ics", "/check-in/"):
        assert client.get(f"/brand/activities/{hidden.slug}{end}").status_code == 404


def test_what_is_called_off_says_why_and_takes_nobody(client, salon):
    salon.called_off_at, salon.called_off_why = timezone.now(), "下雪封路。"
    salon.save()
    page = client.get("/brand/activities/salon/").content.decode()
    assert "下雪封路。" in page and "/sign-up/" not in page
    assert client.get("/brand/activities/salon/sign-up/").status_code == 302


def test_the_calendar_file_holds_the_appointment(client, lucheng):
    begins = datetime(2027, 1, 8, 6, 30, tzinfo=UTC)
    ActivityFactory(
        region=lucheng,
        slug="fair",
        title="年货大集, 东关",
        starts_at=begins,
        ends_at=begins + timedelta(hours=8),
    )
    answer = client.get("/brand/activities/fair.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    event = Calendar.from_ical(answer.content).walk("VEVENT")[0]
    assert event["SUMMARY"] == "年货大集, 东关"
    assert event.decoded("DTSTART") == begins
    assert event["URL"].endswith("/brand/activities/fair/")


def test_without_an_account_the_phone_is_confirmed_first(client, salon):
    answer = ask(client, salon)
    assert answer["Location"] == "/brand/activities/salon/sign-up/code/"
    assert not SignUp.objects.exists()
    answer = client.post(answer["Location"], {"code": code_sent()})
    made = SignUp.objects.get()
    assert answer["Location"] == f"/brand/activities/mine/{made.token}/"
    assert (made.name, made.phone, made.state) == ("王秀兰", "+8613800000009", "going")
    page = client.get(answer["Location"])
    assert page["Cache-Control"].count("no-store") == 1 and "名额是你的" in page.content.decode()


def test_a_wrong_code_gives_no_place_and_keeps_what_was_typed(client, salon):
    ask(client, salon)
    wrong = "000000" if code_sent() != "000000" else "111111"
    answer = client.post("/brand/activities/salon/sign-up/code/", {"code": wrong})
    assert answer.status_code == 400 and not SignUp.objects.exists()
    client.post("/brand/activities/salon/sign-up/code/", {"code": code_sent()})
    assert SignUp.objects.get().name == "王秀兰"


def test_the_code_of_one_activity_opens_no_other(client, lucheng, salon):
    other = soon(lucheng, slug="other")
    ask(client, other)
    code = code_sent()
    answer = client.post("/brand/activities/salon/sign-up/code/", {"code": code})
    assert answer["Location"] == "/brand/activities/salon/sign-up/"
    assert not SignUp.objects.exists()


@pytest.mark.parametrize("facts", [{"phone": "1380000"}, {"phone": ""}, {"name": " "}, {"name": "王" * 41}])
def test_what_cannot_be_is_said_beside_the_field(client, salon, facts):
    answer = ask(client, salon, **facts)
    assert answer.status_code == 400 and 'class="error"' in answer.content.decode()
    assert not memory.outbox


def test_somebody_already_on_the_list_is_led_to_the_place(client, salon):
    mine = person_at(salon, 9, at=timezone.now())
    ask(client, salon)
    answer = client.post("/brand/activities/salon/sign-up/code/", {"code": code_sent()})
    assert answer["Location"] == mine.get_absolute_url()
    assert SignUp.objects.count() == 1


def test_when_it_fills_up_meanwhile_the_person_waits_and_is_told_the_turn(client, salon):
    ask(client, salon)
    code = code_sent()
    for number in (1, 2, 3):
        person_at(salon, number, at=timezone.now())
    answer = client.post("/brand/activities/salon/sign-up/code/", {"code": code}, follow=True)
    assert SignUp.objects.get(phone__endswith="9").state == "waiting"
    assert "候补第 2 位" in answer.content.decode()


def test_an_account_has_a_place_with_one_press(client, salon):
    user = UserFactory(phone=PHONE)
    client.force_login(user)
    assert 'name="phone"' not in client.get("/brand/activities/salon/sign-up/").content.decode()
    client.post("/brand/activities/salon/sign-up/", {"name": "李红"})
    made = SignUp.objects.get()
    assert (made.user, made.phone, made.state) == (user, "+8613800000009", "going")
    assert client.get("/brand/activities/salon/sign-up/")["Location"] == made.get_absolute_url()
    assert salon.title in client.get("/brand/activities/mine/").content.decode()


def test_what_is_for_members_asks_who_you_act_for(client, lucheng):
    salon = soon(lucheng, audience="members", slug="members")
    assert client.get("/brand/activities/members/sign-up/")["Location"].startswith("/accounts/login/")
    client.force_login(UserFactory())
    refused = client.post("/brand/activities/members/sign-up/", {"name": "李红"})
    assert refused.status_code == 403 and "/brand/join/" in refused.content.decode()
    coop = MemberFactory(region=lucheng)
    client.force_login(RepresentativeFactory(member=coop).user)
    other = MemberFactory(region=lucheng, slug="other")
    answer = client.post("/brand/activities/members/sign-up/", {"name": "王秀兰", "member": other.pk})
    assert answer.status_code == 400 and not SignUp.objects.exists()
    client.post("/brand/activities/members/sign-up/", {"name": "王秀兰", "member": coop.pk})
    assert SignUp.objects.get().member == coop
    assert salon.sign_ups.count() == 1


def test_who_is_asked_says_yes_or_gives_it_on(client, salon):
    now = timezone.now()
    first, _second, third = (person_at(salon, number, at=now) for number in (1, 2, 3))
    client.post(f"{first.get_absolute_url()}cancel/")
    page = client.get(third.get_absolute_url()).content.decode()
    assert "给你空出了一个名额" in page
    client.post(f"{third.get_absolute_url()}accept/")
    third.refresh_from_db()
    assert third.state == "going"
    client.post(f"{third.get_absolute_url()}cancel/")
    third.refresh_from_db()
    assert third.state == "cancelled"


def test_a_get_changes_nothing(client, salon):
    made = person_at(salon, at=timezone.now())
    for act in ("accept", "cancel"):
        assert client.get(f"{made.get_absolute_url()}{act}/")["Location"] == made.get_absolute_url()
    made.refresh_from_db()
    assert made.state == "going"


@pytest.mark.parametrize("token", ["x", "0" * 16, "mine", "%00", "葱"])
def test_a_token_nobody_has_is_not_found(client, salon, token):
    assert client.get(f"/brand/activities/mine/{token}/").status_code == 404


def test_a_number_that_an_account_only_claims_is_nobodys(client, salon):
    client.force_login(UserFactory(phone=PHONE, verified=False))
    client.post("/brand/activities/salon/sign-up/", {"name": "冒名"})
    assert SignUp.objects.get().phone == ""
    client.logout()
    ask(client, salon)  # the owner of the number is not taken for somebody signed up
    client.post("/brand/activities/salon/sign-up/code/", {"code": code_sent()})
    assert SignUp.objects.latest("pk").name == "王秀兰"


def test_the_account_page_leads_to_ones_own_activities(client, salon):
    user = UserFactory()
    assert "/brand/activities/mine/" not in [link.url for link in links_for(user)]
    person_at(salon, at=timezone.now(), user=user)
    assert "/brand/activities/mine/" in [link.url for link in links_for(user)]


def test_english_has_every_page(client, salon):
    made = person_at(salon, at=timezone.now())
    for path in ("", "salon/", "salon/sign-up/", f"mine/{made.token}/"):
        assert client.get(f"/en/brand/activities/{path}").status_code == 200
