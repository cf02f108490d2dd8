"""Members hear 90, 30 and 7 days before a licence ends: each once, and none is lost when a worker stood."""

from datetime import timedelta

import pytest
from django.core import mail

from brand.licences.reminders import send_reminders
from brand.models import Licence
from notices.models import Notice
from tests.factories.accounts import person
from tests.factories.brand import LicenceFactory, RepresentativeFactory
from tests.factories.supervision import NOW

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def ending_in(days: int, **facts) -> Licence:
    return LicenceFactory(valid_to=TODAY + timedelta(days=days), **facts)


@pytest.fixture
def tie():
    return RepresentativeFactory()


def subjects(user) -> list[str]:
    return list(Notice.objects.filter(user=user, channel="site").values_list("subject", flat=True))


def test_each_step_is_told_once(tie) -> None:
    ending_in(90, member=tie.member)
    told = [send_reminders(at=NOW + timedelta(days=day)) for day in range(91)]
    assert [day for day, count in enumerate(told) if count] == [0, 60, 83]
    assert len(subjects(tie.user)) == 3
    assert len(mail.outbox) == 3


def test_days_the_worker_stood_still_are_caught_up(tie) -> None:
    ending_in(28, member=tie.member)
    assert send_reminders(at=NOW) == 2  # on the site and by e-mail
    assert send_reminders(at=NOW + timedelta(days=1)) == 0
    assert "28" in subjects(tie.user)[0]


def test_nobody_is_reminded_early_or_afterwards(tie) -> None:
    for days in (91, -1):
        ending_in(days, member=tie.member)
    assert send_reminders(at=NOW) == 0


def test_what_is_renewed_or_revoked_needs_no_reminder(tie) -> None:
    old = ending_in(20, member=tie.member)
    LicenceFactory(member=tie.member, renews=old, valid_from=old.valid_to + timedelta(days=1))
    ending_in(20, member=tie.member, state=Licence.State.REVOKED)
    assert send_reminders(at=NOW) == 0


def test_a_suspended_one_is_told_to_settle_that_first(tie) -> None:
    ending_in(20, member=tie.member, state=Licence.State.SUSPENDED)
    send_reminders(at=NOW)
    assert "暂停" in Notice.objects.get(channel="site").text


def test_who_has_no_e_mail_hears_on_the_site() -> None:
    tie = RepresentativeFactory(user=person("member", email=None, phone="138 0000 1234"))
    ending_in(20, member=tie.member)
    assert send_reminders(at=NOW) == 1
    assert not mail.outbox


def test_looking_asks_as_much_for_many_as_for_few(django_assert_num_queries, tie) -> None:
    for _ in range(3):
        ending_in(300, member=tie.member)
    with django_assert_num_queries(1):
        send_reminders(at=NOW)
