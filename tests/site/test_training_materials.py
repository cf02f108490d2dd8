"""Course books: what is taken, who may download, editions that stay, copies that are not given out twice."""

import zipfile
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.groups import sync_roles
from changes.models import Change
from config.asgi import SENT
from lib.handover import SLOT, MayNotGoOn, Outcome, Slot
from tests.factories.accounts import UserFactory, person
from tests.factories.pages import county, course, training_index
from tests.factories.training import EnrolmentFactory, TraineeFactory
from training.learning.joining import leave
from training.materials.keeping import (
    EditionIsThere,
    NotSoManyCopies,
    add_edition,
    copies_left,
    give_out,
    write_printed,
)
from training.materials.models import Material, MaterialEdition, PrintedCopies
from training.materials.reading import NotAMaterial

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
DAY = date(2026, 11, 23)
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def page(db):
    return course(training_index(county()), "open-a-shop", title="村里开店第一课")


@pytest.fixture
def book(page):
    return Material.objects.create(course=page, title="开店清单", access="public")


def edition_of(book, *, label="第 1 版", content=PDF, name="开店清单.pdf"):
    return add_edition(material=book, label=label, content=BytesIO(content), name=name, at=NOW)


def with_macros() -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as parts:
        for name in ("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"):
            parts.writestr(name, "x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("book.pdf", b"MZ\x90\x00 This program cannot be run in DOS mode."),
        ("book.docx", b"MZ\x90\x00"),
        ("book.docx", with_macros()),
        ("book.exe", PDF),
        ("book", PDF),
        ("book.pdf", b""),
    ],
)
def test_what_is_no_book_is_refused_and_nothing_is_kept(book, name, content):
    with pytest.raises(NotAMaterial) as refused:
        edition_of(book, content=content, name=name)
    assert str(refused.value.reason)
    assert not MaterialEdition.objects.exists()


def test_a_file_that_is_too_large_is_refused(book, monkeypatch):
    monkeypatch.setattr("training.materials.reading.MOST_BYTES", len(PDF) - 1)
    with pytest.raises(NotAMaterial):
        edition_of(book)
    assert not MaterialEdition.objects.exists()


def test_editions_stand_beside_each_other_and_the_page_shows_the_newest(client, book):
    edition_of(book)
    edition_of(book, label="第 2 版", content=PDF + b"\n")
    text = client.get("/training/open-a-shop/").content.decode()
    assert "第 2 版" in text and "第 1 版" not in text
    assert book.editions.count() == 2


@pytest.mark.parametrize("again", [{"label": "第 1 版", "content": PDF + b"\n"}, {"label": "第 2 版"}])
def test_the_same_edition_is_refused_with_its_reason(book, again):
    edition_of(book)
    with pytest.raises(EditionIsThere):
        edition_of(book, **again)
    assert book.editions.count() == 1


def test_pages_hear_of_a_new_edition(book):
    before = Change.objects.count()
    edition_of(book)
    assert Change.objects.count() == before + 1
    assert Change.objects.latest("pk").region == "lucheng"


def taken(client, edition):
    """Ask for an edition as the server does; return the answer and what it handed over."""
    slot = Slot({})
    answer = client.get(f"/training/materials/{edition.pk}/", **{"asgi.scope": {SLOT: slot}})
    return answer, slot.sending


def test_a_public_book_is_for_everybody_and_sent_outside_of_the_page_threads(client, book):
    edition = edition_of(book)
    assert SENT.match(f"/training/materials/{edition.pk}/") and SENT.match("/en/training/materials/7/")
    answer, sending = taken(client, edition)
    assert b"".join(sending.read(0)) == PDF and b"".join(sending.read(9)) == PDF[9:]
    assert (sending.size, sending.etag, answer.content) == (len(PDF), f'"{edition.sha256}"', b"")
    assert "attachment" in answer["Content-Disposition"] and answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"] and not answer.cookies


def test_a_download_is_counted_once_however_many_parts_it_comes_in(client, book):
    edition = edition_of(book)
    for first, sent, outcome in ((0, 10, "aborted"), (0, 5, "completed"), (5, len(PDF) - 5, "completed")):
        _answer, sending = taken(client, edition)
        next(sending.read(first))
        sending.ended(Outcome(outcome), sent, "")
    edition.refresh_from_db()
    assert edition.downloads == 1


def test_a_book_whose_file_is_gone_is_not_there(client, book):
    edition = edition_of(book)
    edition.file.storage.delete(edition.file.name)
    assert taken(client, edition)[0].status_code == 404


def test_who_leaves_the_course_gets_no_more_of_a_book_on_its_way(client, book, page):
    Material.objects.update(access="enrolled")
    enrolment = EnrolmentFactory(course=page)
    client.force_login(enrolment.trainee.user)
    _answer, sending = taken(client, edition_of(book))
    sending.check()
    leave(enrolment=enrolment, at=NOW)
    with pytest.raises(MayNotGoOn, match="报了名"):
        sending.check()


def test_a_public_book_of_a_course_that_is_not_for_everybody_is_for_who_is_enrolled(client, book, page):
    page.view_restrictions.create(restriction_type="login")
    edition = edition_of(book)
    assert client.get(f"/training/materials/{edition.pk}/").status_code == 302
    client.force_login(EnrolmentFactory(course=page).trainee.user)
    assert taken(client, edition)[0].status_code == 200


def test_a_book_of_the_enrolled_asks_who_one_is(client, book, page):
    Material.objects.update(access="enrolled")
    edition = edition_of(book)
    path = f"/training/materials/{edition.pk}/"
    assert client.get(path)["Location"].startswith("/accounts/login/")
    client.force_login(UserFactory())
    refused = client.get(path)
    assert refused.status_code == 403 and "村里开店第一课" in refused.content.decode()
    trainee = TraineeFactory()
    EnrolmentFactory(trainee=trainee, course=page, state="learning")
    client.force_login(trainee.user)
    assert taken(client, edition)[0].status_code == 200
    client.force_login(person("teacher"))
    assert taken(client, edition)[0].status_code == 200


def test_a_book_of_a_course_that_is_not_public_is_not_there(client, book, page):
    edition = edition_of(book)
    page.unpublish()
    assert client.get(f"/training/materials/{edition.pk}/").status_code == 404
    assert client.get("/training/materials/999999/").status_code == 404


def test_no_more_copies_are_given_out_than_were_printed(book):
    edition = edition_of(book)
    write_printed(edition=edition, copies=100, on=DAY)
    give_out(edition=edition, copies=80, given_to="翟店镇", on=DAY)
    with pytest.raises(NotSoManyCopies) as refused:
        give_out(edition=edition, copies=21, given_to="史回镇", on=DAY)
    assert "20" in str(refused.value)
    assert copies_left(edition) == 20
    assert PrintedCopies.objects.count() == 2


# --- the back office -------------------------------------------------------------------------------


def sent(page, **facts):
    return {"course": page.pk, "title": "开店清单", "authors": "", "access": "public", "place": 0, **facts}


def test_a_teacher_adds_a_book_with_its_first_edition(client, page):
    client.force_login(person("teacher"))
    file = SimpleUploadedFile("开店清单.pdf", PDF)
    answer = client.post("/cms/training-materials/new/", sent(page, label="2026", file=file))
    assert answer.status_code == 302
    (edition,) = MaterialEdition.objects.all()
    assert (edition.label, edition.name) == ("2026", "开店清单.pdf")


@pytest.mark.parametrize(
    "wrong",
    [
        {"label": "2026", "file": SimpleUploadedFile("book.pdf", b"MZ\x90\x00")},
        {"label": "", "file": SimpleUploadedFile("book.pdf", PDF)},
        {"label": "2026"},
    ],
)
def test_a_mistake_in_the_form_keeps_nothing(client, page, wrong):
    client.force_login(person("teacher"))
    answer = client.post("/cms/training-materials/new/", sent(page, **wrong))
    assert answer.status_code == 200
    assert not Material.objects.exists()


def test_copies_beyond_what_is_left_are_refused_in_words(client, book):
    edition = edition_of(book)
    client.force_login(person("training_officer"))
    facts = {"edition": edition.pk, "on": "2026-11-23", "printed": 0, "given_out": 5, "given_to": "翟店镇"}
    answer = client.post("/cms/training-copies/new/", facts)
    assert answer.status_code == 200 and "还剩 0 本" in answer.content.decode()
    assert not PrintedCopies.objects.exists()
    assert (
        client.post("/cms/training-copies/new/", {**facts, "printed": 9, "given_out": 0}).status_code == 302
    )
    assert client.post("/cms/training-copies/new/", facts).status_code == 302
    assert copies_left(edition) == 4


def test_what_was_written_down_of_copies_is_not_changed(client, book):
    row = write_printed(edition=edition_of(book), copies=10, on=DAY)
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    client.post(f"/cms/training-copies/edit/{row.pk}/", {"printed": 99})
    client.post(f"/cms/training-copies/delete/{row.pk}/")
    row.refresh_from_db()
    assert row.printed == 10


@pytest.mark.parametrize(
    "path", ["training-courses", "training-teachers", "training-materials", "training-copies"]
)
def test_the_desks_open_for_teachers_and_not_for_clerks(client, page, path):
    sync_roles()
    client.force_login(person("training_officer"))
    assert client.get(f"/cms/{path}/").status_code == 200
    client.force_login(person("clerk"))
    assert client.get(f"/cms/{path}/").status_code in {302, 403}


def test_a_book_is_taken_away_with_its_files_but_not_once_copies_were_printed(client, book):
    edition = edition_of(book)
    storage, name = edition.file.storage, edition.file.name
    write_printed(edition=edition, copies=10, on=DAY)
    client.force_login(person("training_officer"))
    refused = client.post(f"/cms/training-materials/delete/{book.pk}/", follow=True)
    assert "印过的数记着" in refused.content.decode()
    assert book.editions.count() == 1 and storage.exists(name)
    PrintedCopies.objects.all().delete()
    client.post(f"/cms/training-materials/delete/{book.pk}/")
    assert not Material.objects.exists() and not storage.exists(name)
