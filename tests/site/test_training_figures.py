"""Figures of training: person-times as plans count them, shares, the acceptance file."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from accounts.roles import give_role
from brand.models import Activity, SignUp
from tests.factories.accounts import UserFactory
from tests.factories.brand import RegionFactory
from tests.factories.pages import county, course, lesson, open_training
from tests.factories.training import EnrolmentFactory, TraineeFactory
from training.figures.outcomes import outcomes
from training.figures.person_times import person_times
from training.figures.scope import Scope
from training.figures.sums import figures_of
from training.figures.workbook import write_workbook
from training.models import CheckIn, FollowUp, LessonProgress, Meeting, TrainingClass, TrainingTarget

NOON = datetime(2026, 11, 10, 4, tzinfo=UTC)
YEAR = {"since": date(2026, 1, 1), "until": date(2026, 12, 31)}


@pytest.fixture
def region(db):
    found = county()
    open_training(found)
    return found


@pytest.fixture
def photo(region):
    page = course(
        region.site.root_page.get_children().get(slug="training").specific,
        "photo",
        title="拍好一筐货",
        kind="skills",
    )
    lesson(page, "light", title="光从哪边来")
    lesson(page, "shoot", title="拍出精神")
    return page


def held_class(region, *, kind="live", days=1, at=NOON, title="直播第一课"):
    activity = Activity.objects.create(
        region=region, title=title, slug=f"c-{Activity.objects.count()}", place="培训室",
        starts_at=at, ends_at=at + timedelta(days=days), is_public=True,
    )  # fmt: skip
    held = TrainingClass.objects.create(activity=activity, kind=kind, teacher="郭建平")
    for day in range(days):
        start = at + timedelta(days=day)
        Meeting.objects.create(training_class=held, starts_at=start, ends_at=start + timedelta(hours=3))
    return held


def came(held, trainee, *, meetings=None, standing="counts"):
    number = SignUp.objects.count()
    sign_up = SignUp.objects.create(
        activity=held.activity, user=trainee.user, name=trainee.name, phone=f"+861380000{number:04d}",
        state=SignUp.State.GOING, signed_up_at=held.activity.starts_at,
    )  # fmt: skip
    for meeting in held.meetings.all()[:meetings]:
        CheckIn.objects.create(
            meeting=meeting, sign_up=sign_up, trainee=trainee, at=meeting.starts_at,
            received_at=meeting.starts_at, way="code", standing=standing,
        )  # fmt: skip
    return sign_up


def did(enrolment, slug, *, at=NOON):
    page = enrolment.course.get_children().get(slug=slug)
    LessonProgress.objects.create(
        enrolment=enrolment, lesson=page.specific, heard_at=at, completed_at=at, credited=1
    )


def test_a_class_of_three_days_counts_each_head_once(region):
    held = held_class(region, days=3)
    came(held, TraineeFactory())
    came(held, TraineeFactory(), meetings=1)
    assert person_times(Scope(region, **YEAR)).total == 2


def test_the_same_person_in_two_classes_counts_twice(region):
    trainee = TraineeFactory()
    came(held_class(region), trainee)
    came(held_class(region, kind="policy"), trainee)
    counted = person_times(Scope(region, **YEAR))
    assert counted.by("kind") == {"live": 1, "policy": 1}


def test_check_ins_in_doubt_and_struck_out_do_not_count(region):
    held = held_class(region)
    came(held, TraineeFactory(), standing="asked")
    came(held, TraineeFactory(), standing="struck")
    assert person_times(Scope(region, **YEAR)).total == 0


def test_an_online_course_counts_from_the_first_lesson_done_and_once(region, photo):
    EnrolmentFactory(course=photo)  # enrolled, nothing learnt
    learning = EnrolmentFactory(course=photo, trainee=TraineeFactory(group="returnee", place="店上镇"))
    did(learning, "light", at=NOON - timedelta(days=40))
    did(learning, "shoot")
    counted = person_times(Scope(region, **YEAR))
    assert [(part.kind, part.form, part.group, part.place, part.month) for part in counted.parts] == [
        ("skills", "on_line", "returnee", "店上镇", "2026-10")
    ]
    november = Scope(region, date(2026, 11, 1), date(2026, 11, 30))
    assert person_times(november).total == 0, "it began in October"


def test_days_are_local_and_inclusive(region):
    came(held_class(region, at=datetime(2026, 11, 9, 16, 30, tzinfo=UTC)), TraineeFactory())  # 10th, 0:30
    tenth, ninth = date(2026, 11, 10), date(2026, 11, 9)
    assert person_times(Scope(region, tenth, tenth)).total == 1
    assert person_times(Scope(region, ninth, ninth)).total == 0


def test_another_county_is_not_counted_along(region, photo):
    other = county("daning")
    came(held_class(other), TraineeFactory())
    did(EnrolmentFactory(course=photo), "light")
    assert person_times(Scope(other, **YEAR)).by("form") == {"room": 1}
    assert person_times(Scope(region, **YEAR)).by("form") == {"on_line": 1}
    assert person_times(Scope(None, **YEAR)).total == 2


def test_it_is_narrowed_by_kind_group_and_place(region, photo):
    did(EnrolmentFactory(course=photo, trainee=TraineeFactory(group="veteran", place="店上镇")), "light")
    came(held_class(region), TraineeFactory(group="grower"))
    for narrowed, total in [({"kind": "live"}, 1), ({"group": "veteran"}, 1), ({"place": "店上镇"}, 1),
                            ({"group": "veteran", "kind": "live"}, 0)]:  # fmt: skip
        assert person_times(Scope(region, **YEAR, **narrowed)).total == total


def test_shares_are_of_those_they_speak_of(region, photo):
    held = held_class(region)
    came(held, TraineeFactory())
    came(held, TraineeFactory(), meetings=0)  # had a place, did not come
    done = EnrolmentFactory(course=photo)
    done.state, done.completed_at = "completed", NOON
    done.save()
    EnrolmentFactory(course=photo)
    found = outcomes(Scope(region, **{**YEAR, "until": date(2026, 12, 31)}))
    assert found.attendance.percent == 50 and found.attendance.whole == 2
    assert found.completion.percent == 50
    assert found.passing.percent is None, "nobody sat an exam"


def test_a_county_without_a_site_has_no_courses(region, photo):
    did(EnrolmentFactory(course=photo), "light")
    bare = Scope(RegionFactory(slug="hesuo"), **YEAR)
    found = outcomes(bare)
    assert person_times(bare).total == found.completion.whole == found.passing.whole == 0


def test_a_class_called_off_is_held_in_no_figure(region):
    held = held_class(region, days=2)
    sign_up = came(held, TraineeFactory(name="常小满"), meetings=1)
    FollowUp.objects.create(training_class=held, sign_up=sign_up, due_on=date(2026, 12, 1))
    held.activity.called_off_at = NOON + timedelta(days=1)
    held.activity.save()
    scope = Scope(region, **YEAR)
    found, out = outcomes(scope), BytesIO()
    assert person_times(scope).total == found.classes == found.attendance.whole == found.asked.whole == 0
    write_workbook(figures_of(scope), out, of="潞城")
    assert "常小满" not in str([list(sheet.values) for sheet in load_workbook(out)])


def test_asked_is_who_was_reached(region):
    held = held_class(region)
    for outcome in ("shop", "unreached", ""):
        FollowUp.objects.create(
            training_class=held, sign_up=came(held, TraineeFactory()), due_on=date(2026, 12, 1),
            outcome=outcome, asked_at=NOON if outcome else None,
        )  # fmt: skip
    assert (outcomes(Scope(region, **YEAR)).asked.part, outcomes(Scope(region, **YEAR)).asked.whole) == (1, 3)


def test_promises_stand_beside_what_was_done(region):
    TrainingTarget.objects.create(
        region=region, kind="live", since=date(2026, 1, 1), until=date(2027, 12, 31), person_times=4,
        source="实施方案 4.5",
    )  # fmt: skip
    came(held_class(region), TraineeFactory())
    live = next(kind for kind in figures_of(Scope(region, **YEAR)).kinds if kind.key == "live")
    assert (live.count, live.promised, live.missing, live.percent) == (1, 4, 3, 25)
    assert live.mark == 100 and live.bar == 25


@pytest.fixture
def officer(client, db):
    user = UserFactory()
    give_role(user, "training_officer")
    client.force_login(user)
    return user


def test_the_page_takes_no_more_queries_for_more_people(client, officer, region, photo):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/cms/training/figures/").status_code == 200
        return len(captured)

    held = held_class(region)
    came(held, TraineeFactory())
    queries()
    first = queries()
    for _ in range(5):
        trainee = TraineeFactory()
        came(held, trainee)
        did(EnrolmentFactory(course=photo, trainee=trainee), "light")
    assert queries() == first
    with CaptureQueriesContext(connection) as captured:
        figures_of(Scope(region, **YEAR))
    assert len(captured) <= 12


@pytest.mark.parametrize(
    "query",
    [
        "since=x",
        "until=2026-13-01",
        "kind=zzz",
        "region=999",
        "group=%00",
        "since=2027-01-01&until=2020-01-01",
    ],
)
def test_junk_in_the_question_shows_the_page(client, officer, region, query):
    assert client.get(f"/cms/training/figures/?{query}").status_code == 200


def test_the_acceptance_file_has_every_head_by_name(client, officer, region, photo):
    held = held_class(region, days=2, title="=直播第一课")
    came(held, TraineeFactory(name="常小满", place="张家河村"))
    did(EnrolmentFactory(course=photo, trainee=TraineeFactory(name="=SUM(1)")), "light")
    answer = client.get("/cms/training/figures/acceptance.xlsx?since=2026-01-01&until=2026-12-31")
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))
    assert len(book.sheetnames) == 8
    listed = book[book.sheetnames[6]]
    rows = list(listed.iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == [1, 2]
    assert sorted(row[1] for row in rows) == sorted(["常小满", "=SUM(1)"])
    assert all(cell.data_type == "s" for cell in listed["B"])
    # it is printed: no column of dates is too narrow, the headings stand on every page
    for sheet in book:
        assert all(sheet.column_dimensions[cell.column_letter].width >= 20 for cell in sheet[1])
        assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$1:$1")


def test_figures_are_for_officers_and_names_for_who_may_see_people(client, region):
    client.force_login(UserFactory())
    assert client.get("/cms/training/figures/").status_code in {302, 403}
    assert client.get("/cms/training/figures/acceptance.xlsx").status_code in {302, 403}
