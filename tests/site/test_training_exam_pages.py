"""The pages of exams: sat on a phone, with and without scripts; nothing of what is right leaves too early."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories.exams import attempt, enrolled, exam, question, right
from tests.factories.pages import county, course, lesson, training_index
from tests.factories.training import TraineeFactory
from training.exams.handing_in import hand_in
from training.exams.results import passed, quiz_done
from training.models import Attempt

HOST = {"host": "lucheng.localhost"}


@pytest.fixture
def page(db):
    return course(training_index(county()), "photo", title="拍好一筐货")


@pytest.fixture
def paper(page):
    return exam(
        page,
        question(page),
        question(page, "multiple", text="什么时候拍？"),
        question(page, "fill_in", text="培几遍土？"),
        question(page, "true_false", text="正午拍最好。", holds=False, explanation="影子太硬。"),
    )


@pytest.fixture
def trainee(page):
    return enrolled(page)


@pytest.fixture
def one(paper, trainee):
    return attempt(paper, timezone.now(), trainee)


@pytest.fixture
def signed_in(client, trainee):
    client.force_login(trainee.user)
    return client


def answers_path(one):
    return f"/training/exams/attempts/{one.pk}/answers/"


def save(client, one, *answers):
    body = {"answers": [{"place": place, "answer": keys, "revision": rev} for place, keys, rev in answers]}
    return client.post(answers_path(one), json.dumps(body), content_type="application/json")


def form(one, answers):
    return {f"a-{place}": keys for place, keys in answers.items()} | {
        f"r-{item.place}": item.revision for item in one.items.all()
    }


def test_exams_of_ones_courses_are_listed_and_begun(signed_in, paper):
    text = signed_in.get("/training/exams/").content.decode()
    assert "结课考试" in text and "还没考" in text
    text = signed_in.get(f"/training/exams/{paper.pk}/").content.decode()
    assert "30 分钟" in text and "60% 的分" in text
    begun = signed_in.post(f"/training/exams/{paper.pk}/")
    one = Attempt.objects.get()
    assert begun["Location"] == f"/training/exams/attempts/{one.pk}/"
    assert signed_in.get("/training/exams/").content.decode().count("正在考") == 1


def test_nobody_else_sees_a_paper(client, one):
    path = f"/training/exams/attempts/{one.pk}/"
    assert client.get(path).status_code == 302
    client.force_login(TraineeFactory().user)
    assert client.get(path).status_code == 404
    assert save(client, one, (1, ["a"], 1)).status_code == 404
    assert client.post(f"{path}hand-in/", {"sure": "1"}).status_code == 404
    one.refresh_from_db()
    assert one.state == "open"


def test_nothing_of_what_is_right_leaves_before_the_paper_is_handed_in(signed_in, one):
    answer = signed_in.get(f"/training/exams/attempts/{one.pk}/")
    text = answer.content.decode()
    assert "什么时候拍？" in text and "影子太硬" not in text and "培一遍土" not in text
    assert "no-store" in answer["Cache-Control"] or "private" in answer["Cache-Control"]
    first = one.items.get(kind="single")
    reply = save(signed_in, one, (first.place, first.right, 1))
    assert set(reply.json()["kept"][0]) == {"place", "answer", "revision", "newer"}


def test_answers_are_saved_as_they_are_given_and_stand_on_another_device(signed_in, one):
    place = one.items.get(kind="fill_in").place
    assert save(signed_in, one, (place, ["三遍"], 1)).status_code == 200
    assert 'value="三遍"' in signed_in.get(f"/training/exams/attempts/{one.pk}/").content.decode()
    stale = save(signed_in, one, (place, ["两遍"], 1)).json()["kept"][0]
    assert stale == {"place": place, "answer": ["三遍"], "revision": 1, "newer": True}


@pytest.mark.parametrize("body", ["", "{}", "[]", '{"answers": 1}', '{"answers": [{"place": "x"}]}', "\x00"])
def test_junk_is_refused(signed_in, one, body):
    assert signed_in.post(answers_path(one), body, content_type="application/json").status_code == 400


def test_a_late_answer_is_refused_in_words_and_what_was_saved_counts(signed_in, one):
    first = one.items.get(kind="single")
    save(signed_in, one, (first.place, first.right, 1))
    Attempt.objects.filter(pk=one.pk).update(deadline=timezone.now() - timedelta(minutes=1))
    reply = save(signed_in, one, (first.place, ["b"], 2))
    assert reply.status_code == 409 and "时间" in reply.json()["error"]
    text = signed_in.get(f"/training/exams/attempts/{one.pk}/").content.decode()
    assert "已经存好的算数" in text and "25" in text


def test_without_scripts_a_paper_is_saved_and_handed_in_as_a_form(signed_in, one):
    path, answers = f"/training/exams/attempts/{one.pk}/", right(one)
    last = max(answers)
    part = {place: keys for place, keys in answers.items() if place != last}
    assert signed_in.post(f"{path}save/", form(one, part))["Location"] == path
    asked = signed_in.post(f"{path}hand-in/", form(one, part))
    assert asked.status_code == 200 and f"第 {last} 题还没答" in asked.content.decode()
    one.refresh_from_db()
    assert one.state == "open"
    signed_in.post(f"{path}hand-in/", form(one, answers))
    one.refresh_from_db()
    assert one.passed and one.score == one.most
    text = signed_in.get(path).content.decode()
    assert "考过了" in text and "影子太硬。" in text


def test_an_old_form_does_not_overwrite_what_was_answered_since(signed_in, one):
    place = one.items.get(kind="fill_in").place
    old = form(one, {place: ["两遍"]})
    save(signed_in, one, (place, ["三遍"], 3))
    text = signed_in.post(f"/training/exams/attempts/{one.pk}/save/", old, follow=True).content.decode()
    assert "在别处改过" in text
    assert one.items.get(place=place).answer == ["三遍"]


def test_what_was_right_is_shown_only_when_it_may(signed_in, one):
    hand_in(attempt=one, at=timezone.now())
    text = signed_in.get(f"/training/exams/attempts/{one.pk}/").content.decode()
    assert "这次没过" in text and "影子太硬" not in text
    assert "才看得到" in text


def test_a_quiz_tells_each_answer_at_once_and_makes_the_lesson_done(signed_in, page, trainee):
    unit = lesson(page, "quiz", kind="quiz")
    made = exam(
        page, question(page), question(page, "true_false", text="正午拍最好。", holds=False), lesson=unit
    )
    begun = signed_in.post(f"/training/exams/quiz/{unit.pk}/", follow=True)
    assert "没有时间限制" in begun.content.decode()
    one = made.attempts.get()
    path = f"/training/exams/attempts/{one.pk}/check/"
    first, second = one.items.all()
    text = signed_in.post(path, {"place": first.place}, follow=True).content.decode()
    assert "先选一个答案" in text
    text = signed_in.post(path, {"place": first.place, f"a-{first.place}": first.right}, follow=True)
    assert "培一遍土，葱白长一截。" in text.content.decode()
    signed_in.post(path, {"place": first.place, f"a-{first.place}": "b"})
    assert one.items.get(pk=first.pk).answer == first.right
    assert not quiz_done(trainee=trainee, lesson=unit)
    signed_in.post(path, {"place": second.place, f"a-{second.place}": second.right})
    assert quiz_done(trainee=trainee, lesson=unit)


def test_a_paper_takes_as_many_queries_for_ten_questions_as_for_two(signed_in, page, trainee):
    def count(size):
        made = exam(page, *[question(page, text=f"{size} {n}") for n in range(size)])
        one = attempt(made, timezone.now(), trainee)
        with CaptureQueriesContext(connection) as captured:
            signed_in.get(f"/training/exams/attempts/{one.pk}/")
        return len(captured)

    count(1)
    assert count(2) == count(10)


def test_who_is_not_enrolled_is_led_to_the_course(client, paper):
    client.force_login(TraineeFactory().user)
    assert "先报名" in client.get(f"/training/exams/{paper.pk}/").content.decode()
    client.post(f"/training/exams/{paper.pk}/")
    assert not Attempt.objects.exists()


def test_a_draft_is_nowhere(signed_in, page):
    assert signed_in.get(f"/training/exams/{exam(page, state='draft').pk}/").status_code == 404


def test_the_page_of_ones_course_leads_to_its_exam(signed_in, paper):
    text = signed_in.get("/training/me/courses/photo/").content.decode()
    assert f"/training/exams/{paper.pk}/" in text


def test_what_was_right_stays_hidden_while_another_paper_lies_open(signed_in, paper, trainee):
    paper.most_attempts, paper.wait_hours = 2, 0
    paper.save()
    first = attempt(paper, timezone.now() - timedelta(hours=2), trainee)
    hand_in(attempt=first, at=timezone.now() - timedelta(hours=1))
    Attempt.objects.filter(pk=first.pk).update(released_at=timezone.now())
    second = attempt(paper, timezone.now(), trainee)
    assert "影子太硬。" not in signed_in.get(f"/training/exams/attempts/{first.pk}/").content.decode()
    hand_in(attempt=second, at=timezone.now())
    assert "影子太硬。" in signed_in.get(f"/training/exams/attempts/{first.pk}/").content.decode()


def test_an_exam_that_was_closed_for_another_is_not_asked_for_any_more(paper, page, trainee, one):
    hand_in(attempt=one, at=timezone.now())
    paper.state = "closed"
    paper.save()
    newer = exam(page, question(page, text="几点起葱？"))
    other = attempt(newer, timezone.now(), trainee)
    assert not passed(trainee=trainee, course=page)
    Attempt.objects.filter(pk=other.pk).update(
        state="done", handed_in_at=timezone.now(), score=1, passed=True, released_at=timezone.now()
    )
    assert passed(trainee=trainee, course=page)
