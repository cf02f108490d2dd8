"""Notes, questions and the discussion of a course: who reads what, who decides, what is refused."""

from datetime import timedelta

import pytest
from django.urls import reverse

from notices.models import Notice
from tests.factories.accounts import UserFactory, person
from tests.factories.pages import add, county, course, training_index
from tests.factories.training import BEGAN, EnrolmentFactory
from tests.site.test_training_beats import lesson_of
from training.discussion import personal
from training.discussion.asking import MOST_A_DAY, answer, ask
from training.discussion.noting import write_note
from training.discussion.queries import read_by
from training.discussion.refusals import NotSaid
from training.discussion.talking import MOST_AN_HOUR, contribute, report, show, take_down
from training.models import Contribution, Enrolment, Note, Report, TeacherQuestion

pytestmark = pytest.mark.django_db
LATER = BEGAN + timedelta(hours=2)


@pytest.fixture
def page():
    return course(training_index(county()), "photo", title="拍好一筐货", lessons=1)


@pytest.fixture
def learner(page):
    return EnrolmentFactory(course=page)


@pytest.fixture
def other(page):
    return EnrolmentFactory(course=page)


@pytest.fixture
def teacher():
    return person("teacher")


def say(enrolment, text="葱要蹲下来拍", at=BEGAN, **facts) -> Contribution:
    return contribute(trainee=enrolment.trainee, course=enrolment.course, text=text, at=at, **facts)


def read(enrolment) -> list[str]:
    return [said.text for said in read_by(enrolment.trainee, enrolment.course)]


def test_what_somebody_says_first_waits_and_only_they_read_it(learner, other):
    assert say(learner).state == "waiting"
    assert read(learner) == ["葱要蹲下来拍"]
    assert read(other) == []


def test_who_was_approved_once_is_shown_at_once(learner, other, teacher):
    show(contribution=say(learner), by=teacher, at=BEGAN)
    assert say(learner, "光从哪边来", at=LATER).state == "shown"
    assert read(other) == ["光从哪边来", "葱要蹲下来拍"]


def test_who_had_something_taken_down_waits_again(learner, other, teacher):
    show(contribution=say(learner), by=teacher, at=BEGAN)
    bad = say(learner, "加微信买课")
    take_down(contribution=bad, why="是广告。", by=teacher, at=BEGAN)
    assert say(learner, "再说一句").state == "waiting"
    assert "加微信买课" not in read(other)
    assert Contribution.objects.get(pk=bad.pk).why == "是广告。"


def test_taking_down_needs_a_reason(learner, teacher):
    said = say(learner)
    with pytest.raises(NotSaid):
        take_down(contribution=said, why=" ", by=teacher, at=BEGAN)
    said.refresh_from_db()
    assert said.state == "waiting"


def test_a_reply_stands_below_what_it_replies_to(learner, other, teacher):
    said = say(learner)
    show(contribution=said, by=teacher, at=BEGAN)
    reply = say(other, "多谢", reply_to=said)
    show(contribution=reply, by=teacher, at=BEGAN)
    (found,) = read_by(learner.trainee, learner.course)
    assert [each.text for each in found.read_replies] == ["多谢"]
    assert say(learner, "不客气", reply_to=reply).reply_to == said


def test_two_reports_hide_it_until_somebody_has_looked(page, learner, other, teacher):
    said = say(learner)
    show(contribution=said, by=teacher, at=BEGAN)
    for enrolment in (other, other, EnrolmentFactory(course=page)):
        assert said.text in read(other)
        report(contribution=said, trainee=enrolment.trainee, why="是广告", at=LATER)
    assert read(other) == []
    assert Report.objects.count() == 2
    show(contribution=said, by=teacher, at=LATER)
    assert read(other) == [said.text]
    assert not Report.objects.filter(settled_at=None).exists()


def test_ones_own_words_are_not_reported(learner, teacher):
    said = say(learner)
    with pytest.raises(NotSaid):
        report(contribution=said, trainee=learner.trainee, why="x", at=BEGAN)
    assert not Report.objects.exists()


@pytest.mark.parametrize("text", ["", "  ", "葱" * 1001])
def test_nothing_and_too_much_are_refused(learner, text):
    for act in (
        lambda: say(learner, text),
        lambda: ask(enrolment=learner, lesson=None, text=text, at=BEGAN),
        lambda: write_note(
            enrolment=learner, lesson=lesson_of(learner.course), text=text * 2, second=1, at=BEGAN
        ),
    ):
        with pytest.raises(NotSaid):
            act()
    assert not Contribution.objects.exists() and not TeacherQuestion.objects.exists()
    assert not Note.objects.exists()


def test_who_is_not_in_the_course_says_nothing(page, learner):
    Enrolment.objects.filter(pk=learner.pk).update(state="left")
    learner.refresh_from_db()
    with pytest.raises(NotSaid):
        say(learner)
    with pytest.raises(NotSaid):
        ask(enrolment=learner, lesson=None, text="几点拍？", at=BEGAN)


def test_so_much_an_hour_and_so_many_questions_a_day(learner):
    for _ in range(MOST_AN_HOUR):
        say(learner)
    with pytest.raises(NotSaid):
        say(learner)
    say(learner, at=LATER)
    for _ in range(MOST_A_DAY):
        ask(enrolment=learner, lesson=None, text="几点拍？", at=BEGAN)
    with pytest.raises(NotSaid):
        ask(enrolment=learner, lesson=None, text="几点拍？", at=LATER)


def test_an_answer_reaches_who_asked(learner, teacher, django_capture_on_commit_callbacks):
    asked = ask(enrolment=learner, lesson=None, text="几点拍？", at=BEGAN)
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            answer(question=asked, text="早上九点。", is_shown=True, by=teacher, at=LATER)
    assert Notice.objects.filter(channel="site", kind="training_answered").count() == 1
    assert Notice.objects.exclude(channel="site").count() == 1


def test_notes_and_questions_are_written_beside_a_lesson(client, page, learner, other):
    client.force_login(learner.trainee.user)
    where = reverse("training:lesson-words", args=[lesson_of(page).pk])
    answered = client.post(where, {"kind": "note", "text": "葱白朝左", "second": "75"})
    assert answered["Location"] == "/training/photo/lesson-1/#words"
    client.post(where, {"kind": "question", "text": "几点拍？"})
    text = client.get("/training/me/courses/photo/").content.decode()
    assert "葱白朝左" in text and "1:15" in text and "几点拍？" in text
    client.force_login(other.trainee.user)
    assert "葱白朝左" not in client.get("/training/me/courses/photo/").content.decode()
    note = Note.objects.get()
    assert client.post(reverse("training:remove-note", args=[note.pk])).status_code == 404
    assert Note.objects.exists()
    client.force_login(learner.trainee.user)
    client.post(reverse("training:remove-note", args=[note.pk]))
    assert not Note.objects.exists()


def test_the_page_of_the_discussion(client, page, learner, other, teacher):
    show(contribution=say(learner), by=teacher, at=BEGAN)
    client.force_login(other.trainee.user)
    where = "/training/me/courses/photo/discussion/"
    assert "葱要蹲下来拍" in client.get(where).content.decode()
    refused = client.post(where, {"text": "回复", "reply_to": "999"})
    assert refused.status_code == 400 and "回复" in refused.content.decode()
    client.post(where, {"text": "多谢", "reply_to": str(Contribution.objects.get().pk)})
    assert Contribution.objects.get(text="多谢").reply_to.text == "葱要蹲下来拍"
    said = Contribution.objects.get(reply_to=None)
    where = reverse("training:report-contribution", args=[said.pk])
    assert client.get(where).status_code == 200
    assert client.post(where, {"why": ""}).status_code == 400
    client.post(where, {"why": "是广告"})
    assert Report.objects.get().contribution == said


def test_a_stranger_does_not_read_the_discussion(client, page, learner):
    client.force_login(UserFactory())
    assert client.get("/training/me/courses/photo/discussion/").status_code == 302


def test_a_teacher_answers_and_decides_in_the_back_office(client, page, learner, teacher):
    asked = ask(enrolment=learner, lesson=None, text="几点拍？", at=BEGAN)
    said = say(learner)
    client.force_login(teacher)
    assert "几点拍？" in client.get("/cms/training/questions-asked/").content.decode()
    at = f"/cms/training/questions-asked/{asked.pk}/"
    client.post(f"{at}answer/", {"answer-text": "早上九点。", "answer-is_shown": "on"})
    asked.refresh_from_db()
    assert (asked.answer, asked.is_shown, asked.answered_by) == ("早上九点。", True, teacher)
    assert said.text in client.get("/cms/training/discussion/").content.decode()
    at = f"/cms/training/discussion/{said.pk}/"
    assert client.get(at).status_code == 200
    assert client.post(f"{at}take_down/", {"take_down-why": ""}).status_code == 400
    client.post(f"{at}show/", {})
    said.refresh_from_db()
    assert (said.state, said.decided_by) == ("shown", teacher)


def test_an_officer_sees_who_learns_what_and_takes_it_along(client, page, learner, other):
    officer = person("training_officer")
    client.force_login(officer)
    assert learner.trainee.name in client.get("/cms/training/enrolments/").content.decode()
    sheet = client.get("/cms/training/enrolments/", {"export": "xlsx"})
    assert sheet.status_code == 200 and b"".join(sheet.streaming_content)[:2] == b"PK"
    at = f"/cms/training/enrolments/{learner.pk}/"
    assert "lesson-1" in client.get(at).content.decode()
    client.post(f"{at}take_out/", {})
    learner.refresh_from_db()
    assert learner.state == "left"
    second = course(page.index, "closed", enrolment="closed")
    at = f"/cms/training/enrolments/{other.pk}/"
    client.post(f"{at}write_in/", {"write_in-course": second.pk})
    assert Enrolment.objects.get(course=second).trainee == other.trainee


def test_who_only_teaches_takes_nobody_out(client, learner, teacher):
    client.force_login(teacher)
    at = f"/cms/training/enrolments/{learner.pk}/"
    assert client.get(at).status_code == 200
    assert client.post(f"{at}take_out/", {}).status_code in {302, 403}
    learner.refresh_from_db()
    assert learner.state == "learning"


def test_what_somebody_said_goes_with_the_account(learner, other, teacher):
    said, alone = say(learner), say(learner, "只有我")
    show(contribution=said, by=teacher, at=BEGAN)
    say(other, "多谢", reply_to=said)
    ask(enrolment=learner, lesson=None, text="几点拍？", at=BEGAN)
    exported = personal.export(learner.trainee.user)
    assert len(exported["discussion"]) == 2 and exported["questions_to_teachers"]
    personal.erase(user=learner.trainee.user, at=LATER)
    assert not Contribution.objects.filter(pk=alone.pk).exists()
    said.refresh_from_db()
    assert (said.text, said.trainee) == ("", None)
    assert not TeacherQuestion.objects.exists()


# --- told, typed, allowed ---------------------------------------------------------------------------


def test_new_lines_count_once_and_are_kept_as_one(learner):
    text = "葱\r\n" * 499 + "葱葱"  # 1000 as the field counts, 1499 as it is sent
    assert say(learner, text).text == ask(enrolment=learner, lesson=None, text=text, at=BEGAN).text
    assert Contribution.objects.get().text.count("\n") == 499 and "\r" not in Contribution.objects.get().text


@pytest.mark.parametrize("kind", ["note", "question"])
def test_a_refused_note_or_question_is_still_there_to_be_put_right(client, learner, kind):
    client.force_login(learner.trainee.user)
    url = reverse("training:lesson-words", args=[lesson_of(learner.course).pk])
    answer = client.post(url, {"text": "葱" * 2001, "kind": kind, "second": "75"})
    shown = answer.content.decode()
    assert answer.status_code == 400 and "葱" * 2001 in shown and 'value="75"' in shown
    assert not Note.objects.exists() and not TeacherQuestion.objects.exists()


def test_a_refused_reply_stays_one(client, learner, other, teacher):
    said = say(other)
    show(contribution=said, by=teacher, at=BEGAN)
    client.force_login(learner.trainee.user)
    url = reverse("training:discussion", args=["photo"])
    answer = client.post(url, {"text": "葱" * 1001, "reply_to": said.pk})
    shown = answer.content.decode()
    assert answer.status_code == 400 and "葱" * 1001 in shown
    assert shown.count(f'name="reply_to" value="{said.pk}"') == 2


def test_a_refused_report_keeps_its_reason(client, learner, other, teacher):
    said = say(other)
    show(contribution=said, by=teacher, at=BEGAN)
    client.force_login(other.trainee.user)
    answer = client.post(reverse("training:report-contribution", args=[said.pk]), {"why": "是我的"})
    assert answer.status_code == 400 and 'value="是我的"' in answer.content.decode()


def teaches(page, **facts):
    from training.models import CourseTeacher, TeacherPage, TeachersPage

    index = add(page.get_parent(), TeachersPage(title="老师", slug="teachers"))
    who = add(index, TeacherPage(title="郭师傅", slug="guo", **facts))
    return CourseTeacher.objects.create(course=page, teacher=who)


def asked_twice(learner, callbacks) -> None:
    for text in ("几点拍？", "用什么拍？"):
        with callbacks(execute=True):
            ask(enrolment=learner, lesson=None, text=text, at=BEGAN)


def told() -> list[tuple[str, int]]:
    rows = Notice.objects.filter(kind="training_asked").order_by("channel", "pk")
    return list(rows.values_list("channel", "user"))


def test_a_question_is_told_to_the_teacher_and_by_mail_once_a_day(
    page, learner, teacher, django_capture_on_commit_callbacks
):
    officer = person("training_officer")
    teaches(page, account=teacher)
    asked_twice(learner, django_capture_on_commit_callbacks)
    assert told() == [("email", teacher.pk), ("site", teacher.pk), ("site", teacher.pk)]
    assert officer.pk not in dict(map(reversed, told()))
    notice = Notice.objects.filter(channel="site").order_by("pk").first()
    question = TeacherQuestion.objects.order_by("pk").first()
    assert notice.url == reverse("training-questions-asked:desk", args=[question.pk])


def test_without_an_account_of_a_teacher_the_training_officers_are_told(
    page, learner, django_capture_on_commit_callbacks
):
    officer = person("training_officer")
    teaches(page)
    with django_capture_on_commit_callbacks(execute=True):
        ask(enrolment=learner, lesson=None, text="几点拍？", at=BEGAN)
    assert {user for _channel, user in told()} == {officer.pk}


@pytest.mark.parametrize("state", ["waiting", "left"])
def test_who_only_waits_neither_reads_nor_reports(client, learner, other, teacher, state):
    said = say(other)
    show(contribution=said, by=teacher, at=BEGAN)
    Enrolment.objects.filter(pk=learner.pk).update(state=state)
    client.force_login(learner.trainee.user)
    assert client.get(reverse("training:discussion", args=["photo"])).status_code == 302
    answer = client.post(reverse("training:report-contribution", args=[said.pk]), {"why": "x"})
    assert answer.status_code == 302
    with pytest.raises(NotSaid):
        report(contribution=said, trainee=learner.trainee, why="x", at=BEGAN)
    assert not Report.objects.exists()


def test_who_has_completed_reads_and_who_teaches_reads_without_a_word(client, learner, other, teacher):
    show(contribution=say(other), by=teacher, at=BEGAN)
    url = reverse("training:discussion", args=["photo"])
    Enrolment.objects.filter(pk=learner.pk).update(state="completed", completed_at=BEGAN)
    client.force_login(learner.trainee.user)
    assert "葱要蹲下来拍" in client.get(url).content.decode()
    client.force_login(teacher)
    shown = client.get(url).content.decode()
    assert "葱要蹲下来拍" in shown and "<textarea" not in shown and "/report/" not in shown
    assert client.post(url, {"text": "x"}).status_code == 302
    assert Contribution.objects.count() == 1
