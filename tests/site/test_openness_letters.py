"""The letter box: what is taken, who reads it, how it is answered, when its writer is forgotten."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.models import PageViewRestriction

from brand.models import Act
from brand.private import private_storage
from notices.models import Notice
from openness.letters.figures import figures_of
from openness.letters.forgetting import forget_writers
from openness.letters.handling import LetterMoved, NoAnswer, answer_letter, take_in_hand
from openness.letters.models import Letter
from openness.letters.receiving import LetterRefused, receive_letter
from openness.letters.reminding import remind_of_letters
from openness.letters.views import TRIED
from tests.factories.accounts import person
from tests.factories.claims import jpeg
from tests.factories.openness import NOW, disclosure, letter, window
from tests.factories.pages import county

pytestmark = pytest.mark.django_db
WORDS = "分拣基地门口的路灯坏了两盏，夜里装车看不见。"
BOX = "/openness/letters/"


@pytest.fixture(autouse=True)
def region():
    cache.clear()
    return county()


@pytest.fixture
def officer():
    return person("reviewer")


def write(client: Client, path: str = "write/", **facts):
    return client.post(f"{BOX}{path}", {"kind": "suggestion", "words": WORDS, **facts})


@time_machine.travel(NOW, tick=False)
def test_a_letter_gets_a_receipt_under_which_state_and_answer_are_read(client: Client, officer):
    answer = write(client)
    kept = Letter.objects.get()
    assert answer["Location"] == f"{BOX}{kept.receipt}/"
    words = client.get(answer["Location"]).content.decode()
    assert kept.receipt in words and "2026 年 12 月 14 日" in words and WORDS not in words
    take_in_hand(letter=kept, note="问了电工", by=officer, at=NOW)
    assert "正在办" in client.get(answer["Location"]).content.decode()
    kept.refresh_from_db()
    answer_letter(letter=kept, answer="今晚换好。", note="", by=officer, at=NOW)
    words = client.get(answer["Location"]).content.decode()
    assert "今晚换好。" in words and "问了电工" not in words
    typed = client.get(f"{BOX}?receipt={kept.receipt.lower().replace('-', ' ')}")
    assert typed["Location"] == f"{BOX}{kept.receipt}/"


@time_machine.travel(NOW, tick=False)
def test_an_officer_is_told_and_the_writer_too_where_a_contact_was_left(
    region, officer, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        kept = letter(region, contact="138 0000 1234")
    told = Notice.objects.get()
    assert told.user == officer and told.url == f"/cms/openness/letters/{kept.pk}/"
    with django_capture_on_commit_callbacks(execute=True):
        answer_letter(letter=kept, answer="今晚换好。", note="", by=officer, at=NOW)
    sms = Notice.objects.get(channel="sms")
    assert sms.address == "+8613800001234" and kept.receipt in sms.text and "今晚换好" not in sms.text


def test_forms_with_mistakes_do_not_let_files_be_read_without_end(client: Client):
    for _try in range(TRIED.allowed):
        assert write(client, words="").status_code == 400
    assert write(client, words="").status_code == 429
    assert write(client).status_code == 429
    assert not Letter.objects.exists()


def test_a_disclosure_not_everybody_may_read_takes_no_opinions_and_tells_no_title(client: Client, region):
    page = disclosure(window(region), "subsidies")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(f"{BOX}about/{page.pk}/").status_code == 404
    assert write(client, f"about/{page.pk}/").status_code == 404
    assert not Letter.objects.exists()


@time_machine.travel(NOW, tick=False)
def test_an_opinion_is_taken_while_the_period_is_open_and_not_after(client: Client, region):
    board = window(region)
    page = disclosure(board, "subsidies")
    assert client.get(f"{BOX}about/{page.pk}/").status_code == 200
    write(client, f"about/{page.pk}/")
    kept = Letter.objects.get()
    assert (kept.kind, kept.about) == ("opinion", page)
    page.closes_on = date(2026, 11, 22)
    page.save_revision().publish()
    for answer in (client.get(f"{BOX}about/{page.pk}/"), write(client, f"about/{page.pk}/")):
        assert answer.status_code == 410
    with pytest.raises(LetterRefused):
        receive_letter(region=region, kind="opinion", words=WORDS, about=page, at=NOW)
    assert Letter.objects.count() == 1


def test_photos_and_papers_are_kept_where_no_web_server_reads(client: Client, officer):
    photo = SimpleUploadedFile("lamp.jpg", jpeg(), content_type="image/jpeg")
    write(client, papers=photo)
    kept = Letter.objects.get().files.get()
    assert kept.file.storage.location == private_storage().location
    address = f"/cms/openness/letters/files/{kept.pk}/"
    assert client.get(address).status_code == 302
    client.force_login(person("editor"))
    assert client.get(address).status_code in (302, 403)
    client.force_login(officer)
    shown = client.get(address)
    assert shown.status_code == 200 and "no-store" in shown["Cache-Control"]


def test_what_is_no_picture_and_no_paper_is_refused_and_the_words_stay(client: Client):
    answer = write(client, papers=SimpleUploadedFile("photo.jpg", b"MZ\x90\x00", content_type="image/jpeg"))
    assert answer.status_code == 400 and WORDS in answer.content.decode()
    assert not Letter.objects.exists()


def test_a_letter_of_three_signs_is_refused_and_the_form_keeps_them(client: Client):
    answer = write(client, words="路灯坏", name="王桂花")
    assert (
        answer.status_code == 400
        and "路灯坏" in answer.content.decode()
        and "王桂花" in answer.content.decode()
    )
    assert not Letter.objects.exists()


def test_one_visitor_does_not_bury_the_office(client: Client):
    for _count in range(5):
        assert write(client).status_code == 302
    answer = write(client)
    assert answer.status_code == 429 and WORDS in answer.content.decode()
    assert Letter.objects.count() == 5


def test_guessing_receipts_is_slowed_down(client: Client, region):
    kept = letter(region)
    for number in range(12):
        assert client.get(f"{BOX}AAAAA-{number:05}/").status_code == 404
    assert client.get(f"{BOX}{kept.receipt}/").status_code == 429


def test_of_two_officers_the_second_is_told_and_changes_nothing(region, officer):
    kept = letter(region)
    seen_by_second = Letter.objects.get(pk=kept.pk)
    answer_letter(letter=kept, answer="今晚换好。", note="", by=officer, at=NOW)
    with pytest.raises(LetterMoved):
        answer_letter(letter=seen_by_second, answer="不归我们管。", note="", by=officer, at=NOW)
    with pytest.raises(LetterMoved):
        take_in_hand(letter=seen_by_second, note="", by=officer, at=NOW)
    with pytest.raises(NoAnswer):
        answer_letter(letter=Letter.objects.get(), answer="  ", note="", by=officer, at=NOW)
    assert Letter.objects.get().answer == "今晚换好。"


def test_an_answer_can_be_put_right_and_the_trail_keeps_both(region, officer):
    kept = letter(region)
    answer_letter(letter=kept, answer="今晚换好。", note="", by=officer, at=NOW)
    answer_letter(
        letter=Letter.objects.get(),
        answer="明早换好。",
        note="缺灯泡",
        by=officer,
        at=NOW + timedelta(hours=1),
    )
    kept.refresh_from_db()
    assert (kept.answer, kept.answered_at) == ("明早换好。", NOW)
    verbs = list(Act.objects.filter(subject_id=kept.pk).values_list("verb", "detail"))
    assert verbs[1:] == [
        ("answered", {"answer": "今晚换好。"}),
        ("answer_corrected", {"answer": "明早换好。"}),
    ]


def test_the_back_office_answers_and_says_when_somebody_was_faster(client: Client, region, officer):
    kept = letter(region, contact="王桂花")
    desk = f"/cms/openness/letters/{kept.pk}/"
    client.force_login(officer)
    words = client.get(desk).content.decode()
    assert kept.words in words and "王桂花" in words
    stale = {"answer-answer": "不归我们管。", "answer-seen": ""}
    answer_letter(letter=kept, answer="今晚换好。", note="", by=officer, at=NOW)
    refused = client.post(f"{desk}answer/", stale)
    assert refused.status_code == 400 and "不归我们管。" in refused.content.decode()
    assert Letter.objects.get().answer == "今晚换好。"
    client.force_login(person("editor"))
    assert client.get(desk).status_code in (302, 403)


def test_the_list_of_letters_is_a_table_to_take_along(client: Client, region, officer):
    letter(region)
    client.force_login(officer)
    assert client.get("/cms/openness/letters/").status_code == 200
    assert client.get("/cms/openness/letters/?export=xlsx").status_code == 200


def test_officers_are_reminded_before_and_after_the_promised_day(region, officer):
    kept = letter(region)
    assert remind_of_letters(at=NOW) == 0
    soon = NOW + timedelta(days=19)
    for at in (soon, soon + timedelta(hours=6), NOW + timedelta(days=30)):
        remind_of_letters(at=at)
    kinds = list(Notice.objects.filter(user=officer).order_by("pk").values_list("kind", flat=True))
    assert kinds == ["letter_due_soon", "letter_overdue"]
    answer_letter(letter=kept, answer="换了。", note="", by=officer, at=NOW + timedelta(days=31))
    assert remind_of_letters(at=NOW + timedelta(days=32)) == 0


def test_who_wrote_is_forgotten_a_year_after_the_answer(client: Client, region, officer):
    write(client, name="王桂花", contact="wang@example.org", papers=SimpleUploadedFile("a.jpg", jpeg()))
    kept = Letter.objects.get()
    answer_letter(letter=kept, answer="换了。", note="", by=officer, at=NOW)
    name = kept.files.get().file.name
    assert forget_writers(at=NOW + timedelta(days=364)) == 0
    assert forget_writers(at=NOW + timedelta(days=366)) == 1
    kept.refresh_from_db()
    assert (kept.name, kept.contact, kept.words, kept.answer) == ("", "", WORDS, "换了。")
    assert not kept.files.exists() and name


def test_the_message_to_a_forgotten_writer_is_forgotten_too(
    region, officer, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        kept, other = letter(region, contact="138 0000 1234"), letter(region, contact="a@example.org")
        for one in (kept, other):
            answer_letter(letter=one, answer="今晚换好。", note="", by=officer, at=NOW)
    Letter.objects.filter(pk=other.pk).update(answered_at=NOW + timedelta(days=30))
    forget_writers(at=NOW + timedelta(days=366))
    assert Notice.objects.exclude(channel="site").get().address == "a@example.org"


def test_everybody_sees_how_letters_were_answered(client: Client, region, officer):
    for days in (2, 4, 40):
        kept = letter(region)
        answer_letter(letter=kept, answer="换了。", note="", by=officer, at=NOW + timedelta(days=days))
    letter(region)
    figures = figures_of(region, on=date(2026, 12, 1))
    assert (figures.received, figures.answered, figures.in_time, figures.days) == (4, 3, 2, 4)
    with time_machine.travel(NOW, tick=False):
        assert "2026 年" in client.get(BOX).content.decode()
