"""Those who learn, and their courses."""

from datetime import UTC, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from tests.factories.accounts import UserFactory
from training.models import (
    Enrolment,
    JobPost,
    Talent,
    TalentAbility,
    TalentConsent,
    TalentInterest,
    Trainee,
)

BEGAN = datetime(2026, 11, 23, 2, tzinfo=UTC)
"""Ten in the morning."""


class TraineeFactory(DjangoModelFactory):
    """A grower of Zhangjiahe with an account; of no county unless told."""

    class Meta:
        model = Trainee

    user = factory.SubFactory(UserFactory)
    name = factory.Sequence(lambda n: f"常小满{n or ''}")
    group = Trainee.Group.GROWER
    place = "张家河村"
    since = BEGAN


class EnrolmentFactory(DjangoModelFactory):
    """Somebody who learns in the `course` given (tests.factories.pages.course)."""

    class Meta:
        model = Enrolment

    trainee = factory.SubFactory(TraineeFactory)
    enrolled_at = BEGAN


class TalentConsentFactory(DjangoModelFactory):
    """A consent of the first day that holds for a year."""

    class Meta:
        model = TalentConsent

    trainee = factory.SubFactory(TraineeFactory)
    version = "2026-11"
    text = "展示：姓氏。"
    given_at = BEGAN
    until = BEGAN + timedelta(days=365)


class TalentFactory(DjangoModelFactory):
    """Somebody in the pool of the `region` given who can sell live and would like to take photos."""

    class Meta:
        model = Talent
        skip_postgeneration_save = True

    trainee = factory.SubFactory(TraineeFactory)
    consent = factory.SubFactory(TalentConsentFactory, trainee=factory.SelfAttribute("..trainee"))
    headline = "会直播也会打包"
    hours = "part"
    reach = "county"
    place = "张家河村"
    pay_from = 3000
    pay_to = 4500
    phone = "+8613800001234"
    joined_at = BEGAN
    changed_at = BEGAN

    @factory.post_generation
    def abilities(self, create, works, **_kwargs):
        """Say what the person can do."""
        for work in works or ("live_selling",):
            TalentAbility.objects.create(talent=self, work=work)

    @factory.post_generation
    def interests(self, create, works, **_kwargs):
        """Say what the person would like to do."""
        for work in works or ("pictures",):
            TalentInterest.objects.create(talent=self, work=work)


class JobPostFactory(DjangoModelFactory):
    """A public post of the `member` given, for a month."""

    class Meta:
        model = JobPost

    region = factory.SelfAttribute("member.region")
    title = "找一个会直播的人"
    work = "live_selling"
    hours = "part"
    place = "张家河村"
    pay_from = 3000
    pay_to = 4000
    text = "每周三个晚上，在合作社的直播间。"
    until = BEGAN.date() + timedelta(days=30)
    state = JobPost.State.APPROVED
    posted_at = BEGAN
    decided_at = BEGAN
