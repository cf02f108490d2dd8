"""Those who learn, and their courses."""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from tests.factories.accounts import UserFactory
from training.models import Enrolment, Trainee

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
