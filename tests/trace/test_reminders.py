"""Reminders of certifications about to end: each step once, whoever was away."""

from datetime import date, timedelta

import pytest

from accounts.models import User
from accounts.roles import give_role
from notices.models import Notice
from record.papers.reminders import send_reminders
from tests.factories.record import NOW, CertificationFactory, CertificationKindFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


@pytest.fixture
def operator():
    user = User.objects.create_user(email="operator@example.cn", password="x")
    give_role(user, "trace_operator")
    return user


def ends_in(days, **facts):
    kind = CertificationKindFactory(name="绿色食品", expires=True)
    return CertificationFactory(kind=kind, valid_to=TODAY + timedelta(days=days), **facts)


def test_the_operator_hears_of_it_on_the_site_and_by_mail(operator, mailoutbox):
    ends_in(30)
    assert send_reminders(at=NOW) == 2
    assert {notice.channel for notice in Notice.objects.all()} == {"site", "email"}
    assert "还有 30 天到期" in mailoutbox[0].subject
    assert "2026-12-20" in mailoutbox[0].body


def test_each_step_is_told_once_however_often_the_task_runs(operator):
    ends_in(30)
    send_reminders(at=NOW)
    assert send_reminders(at=NOW + timedelta(hours=6)) == 0
    assert send_reminders(at=NOW + timedelta(days=20)) == 0
    assert send_reminders(at=NOW + timedelta(days=24)) == 2


def test_a_step_is_not_lost_when_the_worker_stood_still_on_its_day(operator):
    ends_in(40)
    assert send_reminders(at=NOW) == 2
    assert send_reminders(at=NOW + timedelta(days=13)) == 2


@pytest.mark.parametrize("days", [61, -1])
def test_what_is_far_off_or_over_is_not_told(operator, days):
    ends_in(days)
    assert send_reminders(at=NOW) == 0


def test_a_kind_without_an_end_is_not_told(operator):
    CertificationFactory(kind=CertificationKindFactory(), valid_to=TODAY)
    assert send_reminders(at=NOW) == 0


def test_nobody_else_hears_of_it():
    User.objects.create_user(email="somebody@example.cn", password="x")
    ends_in(7)
    assert send_reminders(at=NOW) == 0


def test_a_renewed_one_is_told_anew(operator):
    paper = ends_in(7)
    send_reminders(at=NOW)
    paper.valid_to = TODAY + timedelta(days=365)
    paper.save()
    assert send_reminders(at=NOW) == 0
    assert send_reminders(at=NOW + timedelta(days=330)) == 2
