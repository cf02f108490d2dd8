"""Getting VI files: terms first, a link for this person, pages for everything that is wrong with a link."""

from datetime import UTC, datetime, timedelta
from urllib.parse import unquote, urlsplit

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from brand.licences.acts import suspend_licence
from brand.models import VIAcceptance, VIAccess, VIAsset, VIDownload
from brand.vi.links import LIFE, TAKEN_UP, read_link, sign_link
from lib.handover import SLOT, Outcome, Slot
from tests.factories.accounts import UserFactory, person
from tests.factories.brand import LicenceFactory, MemberFactory, RepresentativeFactory
from tests.factories.pages import county
from tests.factories.vi_files import vi_agreement, vi_file

pytestmark = pytest.mark.django_db
BASKET = "/brand/vi/basket/"
TERMS = "/brand/vi/agreement/"


@pytest.fixture(autouse=True)
def region():
    return county()


@pytest.fixture
def tie(region):
    return RepresentativeFactory(member=MemberFactory(region=region))


@pytest.fixture
def signed_in(client, tie):
    client.force_login(tie.user)
    return client


def take(client, file):
    return client.get(reverse("association:vi_file", args=[file.pk]))


def follow(client, address: str, *, running: dict | None = None, **headers):
    """Ask for a link as the server does; return the answer and what it handed over."""
    slot = Slot(running or {})
    answer = client.get(address, headers=headers, **{"asgi.scope": {SLOT: slot}})
    return answer, slot.sending


def link_to(file, user=None, *, at=None, is_zip=False) -> str:
    at = at or timezone.now()
    signed = sign_link(user_id=user.pk if user else None, file_ids=[file.pk], is_zip=is_zip, at=at)
    return reverse("association:vi_download", args=[signed, file.name])


def test_everybody_gets_a_public_file(client):
    file = vi_file(content=b"<svg>public</svg>", name="彩色标志.svg")
    answer = take(client, file)
    assert answer.status_code == 302 and "彩色标志.svg" in unquote(answer.url)
    answer, sending = follow(client, answer.url)
    assert answer.status_code == 200 and b"".join(sending.read(0)) == b"<svg>public</svg>"
    assert sending.etag == f'"{file.sha256}"' and sending.size == file.size
    assert answer["Content-Type"] == "image/svg+xml" and "attachment" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"] and answer["X-Content-Type-Options"] == "nosniff"


def test_a_visitor_signs_in_for_a_members_file_and_comes_back(client):
    file = vi_file(access=VIAccess.MEMBERS)
    answer = take(client, file)
    assert answer.status_code == 302 and answer.url.startswith("/accounts/login/")
    assert unquote(urlsplit(answer.url).query) == f"next=/brand/vi/files/{file.pk}/"


def test_a_stranger_is_told_what_is_missing(client):
    client.force_login(UserFactory())
    answer = take(client, vi_file(access=VIAccess.MEMBERS))
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "/brand/join/" in page and "协会" in page
    assert not VIDownload.objects.exists()


def test_what_was_withdrawn_is_not_there(signed_in):
    assert take(signed_in, vi_file(state=VIAsset.State.WITHDRAWN)).status_code == 404
    assert signed_in.get("/brand/vi/files/999999/").status_code == 404


def test_terms_come_before_the_first_file_and_again_with_a_new_version(signed_in, tie, region):
    file = vi_file(access=VIAccess.MEMBERS)
    first = vi_agreement(region)
    asked = take(signed_in, file)
    assert asked.status_code == 302 and asked.url.startswith(TERMS)
    page = signed_in.get(asked.url)
    assert first.title in page.content.decode() and 'name="accept"' in page.content.decode()
    form = {"for": tie.member.slug, "version": "1", "next": f"/brand/vi/files/{file.pk}/", "accept": "yes"}
    accepted = signed_in.post(TERMS, form)
    assert accepted.status_code == 302 and accepted.url == f"/brand/vi/files/{file.pk}/"
    record = VIAcceptance.objects.get()
    assert (record.user, record.member, record.agreement) == (tie.user, tie.member, first)
    assert take(signed_in, file).url.startswith("/brand/vi/download/")
    vi_agreement(region, number=2)
    assert take(signed_in, file).url.startswith(TERMS)


def test_terms_that_changed_while_being_read_are_shown_anew(signed_in, tie, region):
    vi_agreement(region)
    vi_agreement(region, number=2)
    answer = signed_in.post(TERMS, {"for": tie.member.slug, "version": "1", "accept": "yes"})
    assert answer.status_code == 409 and "新" in answer.content.decode()
    assert not VIAcceptance.objects.exists()


def test_terms_are_not_accepted_without_the_tick_nor_for_strangers(signed_in, tie, region):
    vi_agreement(region)
    assert signed_in.post(TERMS, {"for": tie.member.slug, "version": "1"}).status_code == 409
    other = MemberFactory(region=region)
    form = {"for": other.slug, "version": "1", "accept": "yes"}
    assert signed_in.post(TERMS, form).status_code == 409
    assert not VIAcceptance.objects.exists()


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil"]
)
def test_the_way_on_never_leads_away(signed_in, tie, region, elsewhere):
    vi_agreement(region)
    form = {"for": tie.member.slug, "version": "1", "accept": "yes", "next": elsewhere}
    assert signed_in.post(TERMS, form).url == "/brand/vi/"


def test_terms_can_be_read_by_everybody_and_are_404_where_there_are_none(client, region):
    assert client.get(TERMS).status_code == 404
    vi_agreement(region)
    page = client.get(TERMS)
    assert page.status_code == 200 and "no-store" in page["Cache-Control"]
    assert 'name="accept"' not in page.content.decode()


@pytest.mark.parametrize("change", ["letter", "made up", "other salt"])
def test_a_forged_link_is_a_page_with_a_way_back(client, change):
    from django.core import signing

    file = vi_file()
    good = link_to(file).split("/")[-2]
    forged = {
        "letter": good[:-1] + ("A" if good[-1] != "A" else "B"),
        "made up": "abc:def",
        "other salt": signing.Signer(salt="x").sign_object([None, [file.pk], 0, 0, "x"]),
    }[change]
    answer, sending = follow(client, f"/brand/vi/download/{forged}/x.svg")
    assert answer.status_code == 403 and sending is None
    assert 'href="/brand/vi/"' in answer.content.decode()


def test_an_expired_link_is_410_and_offers_a_new_one(signed_in, tie):
    file = vi_file(access=VIAccess.MEMBERS)
    answer, sending = follow(
        signed_in, link_to(file, tie.user, at=timezone.now() - LIFE - timedelta(seconds=2))
    )
    assert answer.status_code == 410 and sending is None
    assert f"/brand/vi/files/{file.pk}/" in answer.content.decode()


def test_what_began_in_time_is_taken_up_after_the_link_ran_out(signed_in, tie):
    file = vi_file(access=VIAccess.MEMBERS, content=b"x" * 100)
    began = datetime(2026, 11, 22, 1, tzinfo=UTC)
    with time_machine.travel(began, tick=False):
        link = link_to(file, tie.user)
        _, sending = follow(signed_in, link)
        sending.begun()
        sending.ended(Outcome.ABORTED, 40, "")
    with time_machine.travel(began + timedelta(hours=5), tick=False):
        assert follow(signed_in, link)[0].status_code == 410
        answer, again = follow(signed_in, link, range="bytes=40-")
        assert answer.status_code == 200
        again.begun()
        again.ended(Outcome.COMPLETED, 60, "")
        never_begun = link_to(file, tie.user, at=began)
        assert follow(signed_in, never_begun, range="bytes=40-")[0].status_code == 410
    with time_machine.travel(began + TAKEN_UP + timedelta(minutes=1), tick=False):
        assert follow(signed_in, link, range="bytes=40-")[0].status_code == 410
    line = VIDownload.objects.get()
    assert (line.state, line.bytes_sent, line.answers) == ("completed", 100, 2)


def test_a_link_is_for_one_person(client, tie, region):
    file = vi_file(access=VIAccess.MEMBERS)
    link = link_to(file, tie.user)
    answer, sending = follow(client, link)
    assert answer.status_code == 302 and "/accounts/login/" in answer.url and sending is None
    client.force_login(RepresentativeFactory(member=tie.member).user)
    answer, sending = follow(client, link)
    assert answer.status_code == 403 and sending is None
    assert f"/brand/vi/files/{file.pk}/" in answer.content.decode()


def test_a_good_link_is_worth_nothing_when_the_right_is_gone(signed_in, tie):
    licence = LicenceFactory(member=tie.member)
    file = vi_file(access=VIAccess.LICENSEES)
    link = take(signed_in, file).url
    assert follow(signed_in, link)[0].status_code == 200
    suspend_licence(licence=licence, reason="检查发现包装超范围", by=None, at=timezone.now())
    answer, sending = follow(signed_in, link)
    assert answer.status_code == 403 and sending is None
    assert licence.number in answer.content.decode()


def test_enough_at_once_is_enough(signed_in, tie):
    file = vi_file(access=VIAccess.MEMBERS)
    link = take(signed_in, file).url
    answer, sending = follow(signed_in, link, running={f"user:{tie.user.pk}": 8})
    assert answer.status_code == 429 and answer["Retry-After"] and sending is None


def test_a_file_lost_in_the_storage_is_our_mistake(signed_in, caplog):
    file = vi_file()
    file.file.storage.delete(file.file.name)
    answer, sending = follow(signed_in, take(signed_in, file).url)
    assert answer.status_code == 404 and sending is None
    assert "协会" in answer.content.decode() and "missing in the storage" in caplog.text


def test_the_log_says_who_took_what_under_which_right(signed_in, tie, region):
    licence = LicenceFactory(member=tie.member)
    file = vi_file(access=VIAccess.LICENSEES, content=b"x" * 10)
    terms = vi_agreement(region)
    VIAcceptance.objects.create(agreement=terms, member=tie.member, user=tie.user, at=timezone.now())
    _, sending = follow(signed_in, take(signed_in, file).url)
    assert not VIDownload.objects.exists(), "nothing was sent yet"
    sending.begun()
    line = VIDownload.objects.get()
    assert (line.user, line.member, line.licence, line.agreement) == (tie.user, tie.member, licence, terms)
    assert line.state == "begun" and line.contents == [[file.version.asset.title, 1, file.name]]
    assert list(line.files.all()) == [file]
    sending.ended(Outcome.STOPPED, 4, "中止了")
    line.refresh_from_db()
    assert (line.state, line.bytes_sent, line.reason) == ("stopped", 4, "中止了") and line.ended_at


def test_parts_fetched_side_by_side_are_one_download(signed_in, tie):
    file = vi_file(access=VIAccess.MEMBERS, content=b"x" * 100)
    link = take(signed_in, file).url
    parts = [follow(signed_in, link, range="bytes=0-49")[1], follow(signed_in, link, range="bytes=50-")[1]]
    for part in parts:
        part.begun()
    parts[1].ended(Outcome.COMPLETED, 50, "")
    assert VIDownload.objects.get().state == "aborted"
    parts[0].ended(Outcome.COMPLETED, 50, "")
    assert VIDownload.objects.get().state == "completed"


def test_a_basket_is_filled_from_several_pages_and_taken_as_one_zip(signed_in, tie):
    one, two = vi_file(), vi_file(access=VIAccess.MEMBERS)
    of_asset = vi_file(asset=two.version.asset, content=b"<svg>b</svg>")
    assert signed_in.get(BASKET, {"file": one.pk}).url == BASKET
    assert signed_in.get(BASKET, {"asset": two.version.asset.pk, "file": "nonsense"}).url == BASKET
    page = signed_in.get(BASKET).content.decode()
    assert all(file.name in page for file in (one, two, of_asset))
    answer = signed_in.post(BASKET, {"do": "zip", "file": [one.pk, of_asset.pk]})
    assert answer.status_code == 303 and answer.url.endswith(".zip")
    link = read_link(answer.url.split("/")[-2])
    assert set(link.file_ids) == {one.pk, of_asset.pk} and link.is_zip and link.user_id == tie.user.pk
    answer, sending = follow(signed_in, answer.url)
    assert answer["Content-Type"] == "application/zip" and len(b"".join(sending.read(0))) == sending.size
    sending.begun()
    line = VIDownload.objects.get()
    assert line.is_zip and line.label.endswith("+1") and len(line.contents) == 2


def test_a_basket_is_emptied_file_by_file_or_at_once(client):
    one, two = vi_file(), vi_file()
    client.get(BASKET, {"file": [one.pk, two.pk]})
    client.post(BASKET, {"do": "remove", "file": [one.pk]})
    assert one.name not in client.get(BASKET).content.decode()
    assert two.name in client.get(BASKET).content.decode()
    client.post(BASKET, {"do": "empty"})
    assert two.name not in client.get(BASKET).content.decode()


def test_a_closed_file_in_the_basket_says_why_and_stops_the_zip(signed_in, tie):
    licence = LicenceFactory(member=tie.member)
    one, closed = vi_file(), vi_file(access=VIAccess.LICENSEES)
    signed_in.get(BASKET, {"file": [one.pk, closed.pk]})
    suspend_licence(licence=licence, reason="停用", by=None, at=timezone.now())
    assert licence.number in signed_in.get(BASKET).content.decode()
    answer = signed_in.post(BASKET, {"do": "zip", "file": [one.pk, closed.pk]})
    assert answer.status_code == 403 and licence.number in answer.content.decode()
    assert signed_in.post(BASKET, {"do": "zip", "file": [one.pk]}).status_code == 303


def test_a_zip_of_nothing_and_files_that_are_not_in_the_basket_are_refused(client):
    assert client.post(BASKET, {"do": "zip"}).status_code == 422
    hidden = vi_file(state=VIAsset.State.DRAFT)
    assert client.post(BASKET, {"do": "zip", "file": [hidden.pk]}).status_code == 422
    client.get(BASKET, {"file": hidden.pk})
    assert hidden.name not in client.get(BASKET).content.decode()


def test_a_basket_holds_two_hundred_files_and_asks_few_questions(client, django_assert_max_num_queries):
    first = vi_file()
    for number in range(3):
        vi_file(asset=first.version.asset, content=f"<svg>{number}</svg>".encode())
    client.get(BASKET, {"file": [*range(1000, 1300)]})
    assert len(client.session["vi_basket"]) == 200
    client.post(BASKET, {"do": "empty"})
    client.get(BASKET, {"asset": first.version.asset.pk})
    with django_assert_max_num_queries(12):
        client.get(BASKET)


def test_terms_come_before_a_zip_too_and_lead_back_to_the_basket(signed_in, tie, region):
    file = vi_file(access=VIAccess.MEMBERS)
    vi_agreement(region)
    signed_in.get(BASKET, {"file": file.pk})
    answer = signed_in.post(BASKET, {"do": "zip", "file": [file.pk]})
    assert answer.url.startswith(TERMS) and "basket" in answer.url


def test_the_desk_lists_what_the_member_took_and_what_is_due(signed_in, tie, region):
    file = vi_file(access=VIAccess.MEMBERS, name="葱叶.svg")
    _, sending = follow(signed_in, take(signed_in, file).url)
    sending.begun()
    sending.ended(Outcome.ABORTED, 1, "")
    vi_agreement(region)
    page = signed_in.get("/members/downloads/")
    assert page.status_code == 200 and "葱叶.svg" in page.content.decode()
    assert TERMS in page.content.decode()
    from association.desk.downloads import part

    made = part(tie.member, tie.user, timezone.now())
    assert made.dues and made.dues[0].url.startswith(TERMS) and len(made.rows) == 1
    stranger = RepresentativeFactory(member=MemberFactory(region=region))
    assert not part(stranger.member, stranger.user, timezone.now()).rows


def test_the_desks_list_asks_the_same_for_one_as_for_many(signed_in, tie, django_assert_num_queries):
    def lines(count: int) -> None:
        for number in range(count):
            VIDownload.objects.create(
                region=tie.member.region, member=tie.member, user=tie.user, label="x", size=1,
                link=f"{number}-{count}", begun_at=timezone.now(),
            )  # fmt: skip

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    lines(1)
    signed_in.get("/members/downloads/")
    with CaptureQueriesContext(
        connection,
    ) as one:
        signed_in.get("/members/downloads/")
    lines(20)
    with django_assert_num_queries(len(one)):
        signed_in.get("/members/downloads/")


def test_the_office_reads_the_log_and_takes_it_along(client, tie):
    VIDownload.objects.create(
        region=tie.member.region, member=tie.member, user=tie.user, label="葱叶标志", size=9,
        link="a", begun_at=timezone.now(), contents=[["标志", 1, "a.svg"]],
    )  # fmt: skip
    client.force_login(person("brand_officer"))
    page = client.get("/cms/brand-vi-downloads/")
    assert page.status_code == 200 and "葱叶标志" in page.content.decode()
    line = VIDownload.objects.get()
    assert "a.svg" in client.get(f"/cms/brand-vi-downloads/inspect/{line.pk}/").content.decode()
    table = client.get("/cms/brand-vi-downloads/", {"export": "csv"})
    assert "葱叶标志".encode() in b"".join(table.streaming_content)
    assert client.get(f"/cms/brand-vi-downloads/delete/{line.pk}/").status_code in {302, 403, 404}
    assert VIDownload.objects.exists()
    client.force_login(person("editor"))
    assert client.get("/cms/brand-vi-downloads/").status_code in {302, 403}


def test_the_office_drafts_publishes_and_never_changes_what_is_out(client, region):
    from brand.models import VIAgreement

    client.force_login(person("brand_officer"))
    form = {"region": region.pk, "title": "VI 使用约定", "text": "不改色。", "changes": ""}
    made = client.post("/cms/brand-vi-terms/new/", form)
    terms = VIAgreement.objects.get()
    assert made.status_code == 302 and (terms.number, terms.published_at) == (1, None)
    again = client.post("/cms/brand-vi-terms/new/", form)
    assert again.status_code == 200 and VIAgreement.objects.count() == 1
    desk = f"/cms/brand-vi-terms/{terms.pk}/"
    client.post(f"/cms/brand-vi-terms/edit/{terms.pk}/", {**form, "text": "不改色，不变形。"})
    assert client.get(desk).status_code == 200
    assert client.get(f"{desk}publish/").url == desk  # reloaded after signing in
    client.post(f"{desk}publish/")
    terms.refresh_from_db()
    assert terms.published_at and terms.text == "不改色，不变形。"
    assert client.post(f"{desk}publish/").status_code == 400
    assert client.get(f"/cms/brand-vi-terms/edit/{terms.pk}/").url == desk
    client.post(f"/cms/brand-vi-terms/edit/{terms.pk}/", {**form, "text": "改了"})
    terms.refresh_from_db()
    assert terms.text == "不改色，不变形。"
    assert client.get("/cms/brand-vi-acceptances/").status_code == 200


def test_a_public_link_that_was_passed_on_is_logged_under_who_took_it(client):
    file, sender, taker = vi_file(), UserFactory(), UserFactory()
    address = link_to(file, sender)
    keys = []
    for user in (None, taker, sender):
        client.logout()
        if user:
            client.force_login(user)
        answer, sending = follow(client, address)
        assert answer.status_code == 200
        sending.begun()
        keys.append(VIDownload.objects.latest("pk").link)
    assert list(VIDownload.objects.order_by("pk").values_list("user", flat=True)) == [
        None,
        taker.pk,
        sender.pk,
    ]
    assert len(set(keys)) == 3


def test_a_link_never_leads_past_terms_that_came_out_since(signed_in, tie, region):
    file = vi_file()
    address = take(signed_in, file).url
    VIAsset.objects.update(access=VIAccess.MEMBERS)
    vi_agreement(region)
    answer, sending = follow(signed_in, address)
    assert answer.status_code == 302 and answer.url.startswith(TERMS) and sending is None
    form = {"for": tie.member.slug, "version": "1", "accept": "yes", "next": address}
    assert signed_in.post(TERMS, form).url == address
    answer, sending = follow(signed_in, address)
    assert answer.status_code == 200 and sending
