"""The trainees of the heartbeat benchmark: `python -m tests.benchmarks.heartbeats_parts load 2000|look`."""

import json
import sys

import django

FILM = 600_000  # ms


def load(count: int) -> list[str]:
    """Make so many trainees in one course; return what their pages show with each beat."""
    from django.db import transaction
    from django.utils import timezone

    from accounts.models import User
    from tests.factories.pages import county, course, training_index
    from training.models import Enrolment, Trainee
    from training.watching.passes import Pass, signed

    now = timezone.now()
    with transaction.atomic():
        page = course(training_index(county("heartbeats", default=False)), "film", lessons=1)
        lesson = page.get_children().get().pk
        people = [User(email=f"beat{number}@example.org", password="!") for number in range(count)]
        users = User.objects.bulk_create(people)
        facts = {"name": "常小满", "group": "grower", "since": now}
        trainees = Trainee.objects.bulk_create([Trainee(user=user, **facts) for user in users])
        enrolments = Enrolment.objects.bulk_create(
            [Enrolment(trainee=each, course=page, enrolled_at=now) for each in trainees]
        )
    return [
        signed(Pass(each.trainee_id, each.pk, lesson, FILM, FILM, must_reach_end=False))
        for each in enrolments
    ]


def look() -> dict[str, int]:
    """Return how many were written, how many stand at the last place told, and whom too much was credited."""
    from training.models import LessonProgress, WatchClock

    rows = LessonProgress.objects.select_related("enrolment")
    clocks = {clock.trainee_id: clock for clock in WatchClock.objects.all()}
    beyond = 0
    for row in rows:
        clock = clocks[row.enrolment.trainee_id]
        began = min(clock.openings.values())
        beyond += row.credited > 2 * max(0, clock.spent_until - began)
    return {"rows": len(rows), "last": rows.filter(position=559_000).count(), "beyond": beyond}


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "load":
        print(json.dumps(load(int(sys.argv[2]))))
    else:
        print(json.dumps(look()))
