"""People learn in the demo through the same functions as everybody."""

from types import SimpleNamespace

import pytest

from demo.load.calendar import Calendar
from demo.load.content import COUNTIES, read
from demo.load.learning import add_learners
from demo.load.people import login
from tests.factories.accounts import person
from tests.factories.pages import county, course, training_index
from tests.factories.training import BEGAN
from training.models import Contribution, Enrolment, LessonProgress, Note, TeacherQuestion


@pytest.mark.django_db
@pytest.mark.parametrize("slug", COUNTIES)
def test_the_learners_of_a_county_have_learnt_what_is_written(slug):
    region = county(slug)
    person("teacher", email=login("teacher"))
    person("trainee", email=login("trainee"))
    words = read(slug, "learning")["learner"]
    index = training_index(region)
    for name in {each["course"] for each in words}:
        course(index, name, lessons=5)
    loaded = SimpleNamespace(
        region=region,
        home=region.site.root_page,
        calendar=Calendar(BEGAN),
        content=lambda name: read(slug, name),
    )
    add_learners(loaded)
    assert Enrolment.objects.filter(state="learning").count() == len(words)
    done = LessonProgress.objects.exclude(completed_at=None)
    assert done.count() == sum(each["read"] for each in words)
    assert Contribution.objects.shown().count() == sum("says" in each for each in words)
    assert Note.objects.count() == TeacherQuestion.objects.count() == sum("note" in each for each in words)
