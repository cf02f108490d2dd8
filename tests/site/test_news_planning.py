"""Plans: made once, moved by the first of two, turned into one draft."""

from datetime import UTC, date, datetime, timedelta

import pytest
from wagtail.models import Revision

from accounts.deletion import delete_account
from accounts.export import personal_data
from news.models import NewsPage, Plan, WechatAccount, WechatDraft
from news.planning.adding import add_plan
from news.planning.beginning import begin_post
from news.planning.changing import change_plan, drop_plan
from news.planning.entries import entries
from news.planning.refusals import AlreadyPlanned, ChangedMeanwhile, PlanGone, PlanRefused
from news.planning.standing import standings
from news.planning.tones import Tone
from news.planning.weeks import days_of_week, week_of, weeks_of_month
from tests.factories.accounts import person
from tests.factories.brand import ProductFactory
from tests.factories.pages import county, news_index, post
from tests.factories.planning import plan

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 2, tzinfo=UTC)  # Wednesday, ten o'clock in Shanghai
TODAY, FRIDAY = date(2026, 11, 25), date(2026, 11, 27)


@pytest.fixture
def region():
    return county()


@pytest.fixture
def index(region):
    return news_index(region)


@pytest.fixture
def editor():
    return person("editor", last_name="周", first_name="敏")


def schedule(page: NewsPage, at: datetime) -> None:
    """Let the page go live at a moment, as a reviewer approves it."""
    page.go_live_at = at
    page.save_revision().publish()
    assert Revision.objects.filter(approved_go_live_at=at).exists()


def test_a_plan_is_made_for_a_day_to_come_only(region, editor):
    add_plan(region=region, title="分拣", planned_on=TODAY, by=editor, at=NOW)
    with pytest.raises(PlanRefused, match="过了"):
        add_plan(region=region, title="昨天的", planned_on=TODAY - timedelta(days=1), by=editor, at=NOW)
    assert [row.title for row in Plan.objects.all()] == ["分拣"]


def test_one_suggestion_is_planned_once_and_the_second_hears_where(region, editor):
    first = add_plan(region=region, title="小雪", planned_on=FRIDAY, by=editor, at=NOW, origin="almanac:x")
    with pytest.raises(AlreadyPlanned, match="11 月 27 日") as refused:
        add_plan(region=region, title="小雪", planned_on=TODAY, by=editor, at=NOW, origin="almanac:x")
    assert refused.value.plan == first and Plan.objects.count() == 1
    add_plan(
        region=county("daning", default=False),
        title="小雪",
        planned_on=TODAY,
        by=editor,
        at=NOW,
        origin="almanac:x",
    )


def test_one_post_has_one_plan(region, index, editor):
    page = post(index, "peitu", live=False)
    add_plan(region=region, title="x", planned_on=TODAY, by=editor, at=NOW, post=page)
    with pytest.raises(AlreadyPlanned):
        add_plan(region=region, title="x", planned_on=FRIDAY, by=editor, at=NOW, post=page)
    assert Plan.objects.get().planned_on == TODAY


def test_of_two_who_move_one_plan_the_second_is_told_what_the_first_did(region, editor):
    row = plan(region, planned_on=TODAY)
    change_plan(plan=row, seen=1, by=editor, at=NOW, planned_on=FRIDAY)
    with pytest.raises(ChangedMeanwhile, match=r"周敏.*11 月 27 日"):
        change_plan(plan=row, seen=1, by=person("reviewer"), at=NOW, planned_on=date(2026, 11, 28))
    row.refresh_from_db()
    assert (row.planned_on, row.version, row.changed_by) == (FRIDAY, 2, editor)


def test_a_plan_is_not_moved_into_the_past_but_an_overdue_one_can_be_given_away(region, editor):
    row = plan(region, planned_on=TODAY - timedelta(days=2))
    with pytest.raises(PlanRefused):
        change_plan(plan=row, seen=1, by=editor, at=NOW, planned_on=TODAY - timedelta(days=1))
    assert change_plan(plan=row, seen=1, by=editor, at=NOW, author=editor).author == editor


def test_a_plan_somebody_took_away_is_gone_and_one_that_changed_is_not_taken_away(region, editor):
    row = plan(region, planned_on=TODAY)
    change_plan(plan=row, seen=1, by=editor, at=NOW, note="带相机")
    with pytest.raises(ChangedMeanwhile):
        drop_plan(plan=row, seen=1)
    drop_plan(plan=row, seen=2)
    with pytest.raises(PlanGone):
        change_plan(plan=row, seen=2, by=editor, at=NOW, planned_on=FRIDAY)


def test_a_draft_is_filled_in_with_what_the_plan_knows_and_made_once(region, index, editor):
    product = ProductFactory(region=region)
    row = plan(region, planned_on=FRIDAY, category="product", author=editor, product=product)
    page = begin_post(plan=row, by=editor, at=NOW)
    again = begin_post(plan=Plan.objects.get(), by=editor, at=NOW)
    page = NewsPage.objects.get(pk=page.pk)
    assert again.pk == page.pk and NewsPage.objects.count() == 1
    assert not page.live and page.get_parent().pk == index.pk
    assert (page.title, page.category, page.published_on) == ("最后一遍培土", "product", FRIDAY)
    assert (page.author, page.owner, page.slug) == ("周敏", editor, "zuihouyibianpeitu")
    latest = page.get_latest_revision_as_object()
    assert list(latest.products.all()) == [product]


def test_two_plans_of_one_title_get_an_address_each(region, index, editor):
    slugs = {begin_post(plan=plan(region, planned_on=FRIDAY), by=editor, at=NOW).slug for _ in range(2)}
    assert len(slugs) == 2


def test_who_may_not_write_there_makes_no_draft(region, index):
    row = plan(region, planned_on=FRIDAY)
    with pytest.raises(PlanRefused):
        begin_post(plan=row, by=person("clerk"), at=NOW)
    row.refresh_from_db()
    assert row.post is None and not NewsPage.objects.exists()


def test_a_county_without_a_list_of_posts_is_told_so(region, editor):
    with pytest.raises(PlanRefused, match="还没有文章列表"):
        begin_post(plan=plan(region, planned_on=FRIDAY), by=editor, at=NOW)


def test_the_calendar_says_how_far_each_post_is(region, index):
    soon = NOW + timedelta(days=2)
    written, planned_live = post(index, "written", live=False), post(index, "out", published_on=TODAY)
    going = post(index, "going", live=False)
    schedule(going, soon)
    plan(region, "想法", planned_on=FRIDAY)
    plan(region, "昨天", planned_on=TODAY - timedelta(days=1))
    plan(region, "在写", planned_on=FRIDAY, post=written)
    plan(region, "发了", planned_on=TODAY, post=planned_live)
    plan(region, "排好了", planned_on=TODAY, post=going)
    week = days_of_week(TODAY)
    cards = entries(first=week[0], last=week[-1], at=NOW)
    found = {(card.title, card.day): card.tone for card in cards}
    assert found == {
        ("昨天", TODAY - timedelta(days=1)): Tone.OVERDUE,
        ("想法", FRIDAY): Tone.PLANNED,
        ("written", FRIDAY): Tone.DRAFT,
        ("out", TODAY): Tone.LIVE,
        ("going", TODAY): Tone.SCHEDULED,
        ("going", FRIDAY): Tone.SCHEDULED,
    }
    assert [card.is_plan for card in cards if card.title == "going"] == [True, False]


def test_a_post_for_the_official_account_alone_is_out_when_it_is_out_there(region, index):
    page = post(index, "peitu", live=False)
    plan(region, planned_on=TODAY - timedelta(days=1), post=page, channel="wechat")
    account = WechatAccount.objects.create(region=region, name="潞城大葱", app_id="wx" + "0" * 16)
    draft = WechatDraft.objects.create(post=page, account=account, state="draft", media_id="m")
    week = {"first": TODAY - timedelta(days=2), "last": FRIDAY, "at": NOW}
    assert [card.tone for card in entries(**week)] == [Tone.OVERDUE]
    draft.state, draft.address, draft.published_at = "published", "https://mp.weixin.qq.com/s/x", NOW
    draft.save()
    cards = entries(**week)
    assert [(card.day, card.tone) for card in cards] == [
        (TODAY - timedelta(days=1), Tone.LIVE),
        (TODAY, Tone.LIVE),
    ]
    assert standings(cards, day=TODAY)[0].live == 1


def test_a_post_in_review_is_shown_as_that(region, index, editor):
    page = post(index, "peitu", live=False)
    plan(region, planned_on=FRIDAY, post=page)
    page.get_workflow().start(page, editor)
    assert [card.tone for card in entries(first=TODAY, last=FRIDAY, at=NOW)] == [Tone.REVIEW]


def test_the_calendar_of_a_full_month_takes_as_many_queries_as_an_empty_one(
    region, index, django_assert_max_num_queries
):
    first, last = weeks_of_month(TODAY)[0][0], weeks_of_month(TODAY)[-1][-1]
    for number in range(8):
        page = post(index, f"post-{number}", published_on=TODAY - timedelta(days=number))
        plan(region, f"想法 {number}", planned_on=TODAY, post=page if number % 2 else None)
    with django_assert_max_num_queries(8):
        cards = entries(first=first, last=last, at=NOW)
        assert cards and [str(card.writer) for card in cards]


def test_a_week_counts_each_post_once_and_says_what_is_missing(region, index):
    out, moved = post(index, "out", published_on=TODAY), post(index, "moved", published_on=FRIDAY)
    plan(region, planned_on=TODAY, post=out)
    plan(region, planned_on=TODAY, post=moved)
    plan(region, "想法", planned_on=FRIDAY)
    week = days_of_week(TODAY)
    one = standings(entries(first=week[0], last=week[-1], at=NOW), day=TODAY)[0]
    assert (one.live, one.scheduled, one.planned, one.missing) == (2, 0, 1, 0)
    assert one.is_short and (one.least, one.most) == (3, 5)


def test_weeks_begin_on_monday_and_months_have_whole_weeks():
    assert week_of(date(2026, 11, 29)) == date(2026, 11, 23) == week_of(date(2026, 11, 23))
    weeks = weeks_of_month(date(2027, 2, 14))
    assert (weeks[0][0], weeks[-1][-1], len(weeks)) == (date(2027, 2, 1), date(2027, 2, 28), 4)


def test_a_person_takes_their_plans_along_and_leaves_them_to_others(region, editor):
    plan(region, planned_on=FRIDAY, author=editor, changed_by=editor)
    assert personal_data(user=editor, at=NOW)["planned_posts"][0]["title"] == "最后一遍培土"
    delete_account(user=editor, at=NOW)
    row = Plan.objects.get()
    assert (row.author, row.changed_by) == (None, None)
