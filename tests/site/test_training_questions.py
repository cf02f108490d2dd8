"""The bank of questions: read in from a sheet all or nothing, written out, and what answers say about it."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from openpyxl import load_workbook

from tests.factories.accounts import person
from tests.factories.exams import attempt, exam, question, right
from tests.factories.pages import county, course, lesson, training_index
from training.exams.answering import Given, keep_answers
from training.exams.figures import exam_figures, question_figures
from training.exams.handing_in import hand_in
from training.exams.importing import NotImported, import_questions
from training.exams.opening import open_exam
from training.exams.refusals import TooFewQuestions
from training.exams.sheet import write_form, write_questions
from training.models import DrawingRule, Exam, Question

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
HEAD = "编号,题型,难度,主题,题目,选项A,选项B,选项C,答案,解析"


@pytest.fixture
def page(db):
    return course(training_index(county()), "photo", title="拍好一筐货")


@pytest.fixture
def teacher(client, page):
    client.force_login(person("teacher"))
    return client


def sheet(*lines):
    return "\n".join([HEAD, *lines]).encode()


def test_a_sheet_brings_questions_of_every_kind(page):
    done = import_questions(
        content=sheet(
            ",单选,1,光,几点拍？,清早,正午,半夜,A,影子软",
            ",多选,3,光,哪里拍？,窗边,门口,灯下,AB,",
            ",判断,,光,正午拍最好,,,,错,",
            ",填空,2,,培几遍土？,,,,三遍|3遍,",
            ",简答,4,,写三样,,,,产地、重量、规格,",
        ),
        course=page,
    )
    assert (done.added, done.changed) == (5, 0)
    single = Question.objects.get(kind="single")
    assert [(one.text, one.is_right) for one in single.options.all()] == [
        ("清早", True), ("正午", False), ("半夜", False),
    ]  # fmt: skip
    assert Question.objects.get(kind="true_false").holds is False
    assert Question.objects.get(kind="fill_in").answer == "三遍\n3遍"
    assert exam(page, *Question.objects.exclude(kind="short")).fixed.count() == 4


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (",选择,1,光,几点拍？,清早,正午,,A,", "题型只能是"),
        (",单选,9,光,几点拍？,清早,正午,,A,", "1 到 5"),
        (",单选,1,光,几点拍？,清早,正午,,C,", "选项 C"),
        (",单选,1,光,几点拍？,清早,正午,,AB,", "只能有一个"),
        (",多选,1,光,几点拍？,清早,正午,,A,", "至少要有两个"),
        (",单选,1,光,几点拍？,清早,清早,,A,", "一样"),
        (",判断,1,光,几点拍？,,,,也许,", "对还是错"),
        (",填空,1,光,几点拍？,,,,,", "算对"),
        (",单选,1,光,,清早,正午,,A,", "第 3 行"),
        ("77,单选,1,光,几点拍？,清早,正午,,A,", "编号 77"),
        (",填空,1,光,好的一题,,,,a,", "已经有"),
        (f",简答,1,光,{'长' * 501},,,,a,", "500"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_taken(page, line, why):
    with pytest.raises(NotImported) as refused:
        import_questions(content=sheet(",填空,1,光,好的一题,,,,清早,", line), course=page)
    assert len(refused.value.wrong) == 1
    assert "第 3 行" in refused.value.wrong[0] and why in refused.value.wrong[0]
    assert not Question.objects.exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no", b"a,b\n1,2", b"\x00\x00", "题型,题目".encode()])
def test_what_is_no_sheet_of_questions_is_refused_in_words(page, content):
    with pytest.raises(NotImported):
        import_questions(content=content, course=page)


def test_what_is_written_out_can_be_changed_and_read_in_again(page):
    question(page), question(page, "true_false", text="对吗？"), question(page, "fill_in", text="几遍？")
    out = BytesIO()
    write_questions(Question.objects.prefetch_related("options"), out)
    book = load_workbook(out)
    for row in book.worksheets[0].iter_rows(min_row=2):
        row[2].value = 5
    changed = BytesIO()
    book.save(changed)
    done = import_questions(content=changed.getvalue(), course=page)
    assert (done.added, done.changed) == (0, 3)
    assert set(Question.objects.values_list("difficulty", "edition")) == {(5, 2)}
    assert Question.objects.get(kind="single").options.count() == 3


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_form_with_examples_reads_in_itself(page, language):
    out = BytesIO()
    with translation.override(language):
        write_form(out)
        book = load_workbook(out)
        for number, row in enumerate(book.worksheets[0].iter_rows(min_row=2)):
            row[4].value = f"第 {number} 题"
        filled = BytesIO()
        book.save(filled)
        assert import_questions(content=filled.getvalue(), course=page).added == 5


def test_a_teacher_reads_a_sheet_in_and_is_told_what_is_wrong(teacher, page):
    path = "/cms/training/questions/import/"
    file = SimpleUploadedFile("q.csv", sheet(",选择,1,光,几点拍？,清早,正午,,A,"))
    assert "第 2 行" in teacher.post(path, {"sheet": file, "course": page.pk}).content.decode()
    assert not Question.objects.exists()
    file = SimpleUploadedFile("q.csv", sheet(",单选,1,光,几点拍？,清早,正午,,A,"))
    assert teacher.post(path, {"sheet": file, "course": page.pk}).status_code == 302
    assert Question.objects.get().course == page
    assert teacher.get(f"/cms/training/questions/sheet/?course={page.pk}").content.startswith(b"PK")
    assert teacher.get("/cms/training/questions/").status_code == 200


def test_a_question_is_kept_by_the_form_with_its_options(teacher, page):
    facts = {
        "course": page.pk, "asked_in": "exam", "topic": "光", "kind": "single",
        "difficulty": 2, "text": "几点拍？",
        "picture": "", "holds": "", "answer": "", "explanation": "", "in_use": "on",
        "options-TOTAL_FORMS": 2, "options-INITIAL_FORMS": 0, "options-MIN_NUM_FORMS": 0,
        "options-MAX_NUM_FORMS": 1000,
        "options-0-text": "清早", "options-0-ORDER": 1, "options-0-is_right": "on",
        "options-1-text": "正午", "options-1-ORDER": 2,
    }  # fmt: skip
    wrong = teacher.post("/cms/training/questions/new/", {**facts, "options-1-is_right": "on"})
    assert wrong.status_code == 200 and "只能有一个正确选项" in wrong.content.decode()
    assert not Question.objects.exists()
    assert teacher.post("/cms/training/questions/new/", facts).status_code == 302
    assert Question.objects.get().options.filter(is_right=True).get().text == "清早"


def kept(made, **facts):
    """What the form of a question sends as it is kept."""
    return {
        "course": made.course_id, "asked_in": made.asked_in, "topic": "", "kind": made.kind, "difficulty": 2,
        "text": made.text, "picture": "", "holds": "", "answer": made.answer, "explanation": "",
        "in_use": "on", "options-TOTAL_FORMS": 0, "options-INITIAL_FORMS": 0, "options-MIN_NUM_FORMS": 0,
        "options-MAX_NUM_FORMS": 1000, **facts,
    }  # fmt: skip


def test_what_a_quiz_has_told_becomes_no_question_of_an_exam(teacher, page):
    told = question(page, "fill_in")
    quiz = exam(page, told, lesson=lesson(page, "quiz"))
    told.refresh_from_db()
    path = f"/cms/training/questions/edit/{told.pk}/"
    refused = teacher.post(path, kept(told, asked_in="exam")).content.decode()
    assert "先从那份卷子里拿掉" in refused
    attempt(quiz, NOW)
    quiz.fixed.all().delete()
    assert "已经在小测里讲过答案" in teacher.post(path, kept(told, asked_in="exam")).content.decode()
    assert "小测当场判分" in teacher.post(path, kept(told, kind="short")).content.decode()
    told.refresh_from_db()
    assert (told.asked_in, told.kind) == ("quiz", "fill_in")


def test_a_paper_takes_no_question_of_the_other_sort(teacher, page):
    told = question(page, asked_in="quiz")
    facts = {
        "title": "结课考试", "course": page.pk, "lesson": "", "note": "", "minutes": 30, "pass_percent": 60,
        "most_attempts": 3, "wait_hours": 24, "review": "finished", "release": "at_once",
        "rules-TOTAL_FORMS": 0, "rules-INITIAL_FORMS": 0, "fixed-TOTAL_FORMS": 1, "fixed-INITIAL_FORMS": 0,
        "fixed-0-question": told.pk, "fixed-0-points": 5, "fixed-0-ORDER": 1,
    }  # fmt: skip
    assert "考试就不再问" in teacher.post("/cms/training/exams/new/", facts).content.decode()
    assert not Exam.objects.exists()


def test_a_sheet_says_in_which_papers_a_question_is_asked(page):
    head = f"{HEAD},用于"
    lines = [",判断,1,光,正午拍最好,,,,错,,课时小测", ",判断,1,光,清早拍最好,,,,对,,"]
    import_questions(content="\n".join([head, *lines]).encode(), course=page)
    assert list(Question.objects.order_by("pk").values_list("asked_in", flat=True)) == ["quiz", "exam"]
    with pytest.raises(NotImported, match="用于"):
        import_questions(content="\n".join([head, ",判断,1,光,又一题,,,,错,,作业"]).encode(), course=page)


def test_an_exam_opens_only_when_the_bank_has_enough(page):
    made = exam(page, state=Exam.State.DRAFT)
    DrawingRule.objects.create(exam=made, how_many=2)
    question(page)
    with pytest.raises(TooFewQuestions):
        open_exam(exam=made, by=person("teacher"), at=NOW)
    made.refresh_from_db()
    assert made.state == "draft"
    question(page, text="又一题")
    open_exam(exam=made, by=person("teacher"), at=NOW)
    made.refresh_from_db()
    assert made.state == "open"


def test_figures_tell_which_question_tells_people_apart(page):
    easy, hard, wrong_key = (question(page, text=text) for text in ("易", "难", "答案错了"))
    paper = exam(page, easy, hard, wrong_key)
    for number in range(12):
        made = attempt(paper, NOW)
        good, rights = number < 6, right(made)
        given = []
        for item in made.items.all():
            knows = {"易": True, "难": good, "答案错了": not good and number < 11}[item.text]
            other = next(key for key, _text in item.options if key not in rights[item.place])
            given.append(Given(item.place, rights[item.place] if knows else [other], 1))
        keep_answers(attempt=made, given=given, at=NOW)
        hand_in(attempt=made, at=NOW)
    figures = {each.text: each for each in question_figures(paper)}
    assert (figures["易"].percent, figures["易"].discrimination) == (100, None)
    assert figures["难"].percent == 50
    assert figures["答案错了"].discrimination < 0 and "核对答案" in figures["答案错了"].advice
    assert sum(option.count for option in figures["难"].chosen) == 12
    whole = exam_figures(paper)
    assert (whole.people, whole.attempts, whole.passed, whole.to_mark) == (12, 12, 11, 0)


def test_the_desk_of_an_exam_opens_it_and_shows_figures(teacher, page):
    made = exam(page, question(page), state=Exam.State.DRAFT)
    path = f"/cms/training/exams/{made.pk}/"
    assert "还没有人出成绩" in teacher.get(path).content.decode()
    assert teacher.post(f"{path}open/").status_code == 302
    hand_in(attempt=attempt(Exam.objects.get(pk=made.pk), NOW), at=NOW)
    text = teacher.get(path).content.decode()
    assert "答的人太少" in text and "葱要培几遍土？" in text
    assert teacher.get(f"{path}results.xlsx").content.startswith(b"PK")
    assert teacher.get("/cms/training/exams/").status_code == 200
    assert teacher.get(f"/cms/training/exams/edit/{made.pk}/").status_code == 200


def test_a_paper_is_marked_without_its_name(teacher, page):
    made = exam(page, question(page, "short", text="写三样。"))
    one = attempt(made, NOW)
    path = f"/cms/training/papers/{one.pk}/"
    assert teacher.get(path).status_code == 404
    keep_answers(attempt=one, given=[Given(1, ["产地"], 1)], at=NOW)
    hand_in(attempt=one, at=NOW)
    assert f"答卷 {one.pk}" in teacher.get("/cms/training/papers/").content.decode()
    text = teacher.get(path).content.decode()
    assert "产地" in text and one.trainee.name not in text
    assert teacher.post(f"{path}mark/", {"mark-points-1": "11"}).status_code == 400
    assert teacher.post(f"{path}mark/", {"mark-points-1": "9", "mark-remark-1": "少一样"}).status_code == 302
    one.refresh_from_db()
    assert one.score == 9


@pytest.mark.parametrize("role", ["editor", "trainee", "clerk"])
def test_others_see_none_of_it(client, page, role):
    made = exam(page, question(page))
    client.force_login(person(role))
    for path in (
        "questions/",
        "questions/sheet/",
        f"exams/{made.pk}/",
        f"exams/{made.pk}/results.xlsx",
        "papers/",
    ):
        answer = client.get(f"/cms/training/{path}")
        assert answer.status_code in {302, 403}
