"""Beats: what pages tell while somebody learns, written down many at once. The only writer of progress.

Whoever writes progress holds the clocks of its trainees first, in the order of their keys, so that two
writers neither overwrite each other nor wait for each other in a circle.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from training.courses.lesson import LessonPage
from training.learning.enrolments import Enrolment
from training.watching import crediting
from training.watching.clocks import WatchClock
from training.watching.lesson_progress import LessonProgress
from training.watching.passes import Pass

Key = tuple[int, int]  # enrolment, lesson


@dataclass(frozen=True, slots=True)
class Beat:
    """What one page tells once: pieces of (from, to, speed) in milliseconds, and where it is now."""

    shown: Pass
    page: str
    pieces: tuple[tuple[int, int, float], ...]
    position: int
    reached_end: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Written:
    """What is credited in that lesson by now, in milliseconds, and whether it is done."""

    credited: int
    is_done: bool
    is_new: bool = False


def write_beats(beats: Sequence[Beat]) -> list[Written | None]:
    """Credit beats in their order and return what came of each; None where nobody learns there any more.

    Five queries, seven where trainees begin, however many beats.
    """
    with transaction.atomic():
        clocks = _held_clocks({beat.shown.trainee for beat in beats})
        known = _still_learning(beats)
        rows = _rows({(beat.shown.enrolment, beat.shown.lesson) for beat in beats} & known)
        written = [_apply(beat, clocks, rows, known) for beat in beats]
        _save(clocks, rows)
    return written


def mark_done(*, enrolment: Enrolment, lesson: LessonPage, at: datetime) -> bool:
    """Note that a lesson is done without watching: its quiz is passed; tell whether that is new."""
    with transaction.atomic():
        _held_clocks({enrolment.trainee_id})
        row, _made = LessonProgress.objects.get_or_create(
            enrolment=enrolment, lesson=lesson, defaults={"heard_at": at}
        )
        if row.completed_at is not None:
            return False
        row.completed_at, row.heard_at = at, max(row.heard_at, at)
        row.save(update_fields=["completed_at", "heard_at"])
    return True


def _held_clocks(trainees: set[int]) -> dict[int, WatchClock]:
    held = WatchClock.objects.select_for_update().filter(trainee__in=trainees).order_by("trainee")
    found = {clock.trainee_id: clock for clock in held}
    missing = sorted(trainees - found.keys())
    if missing:
        there = Enrolment.objects.filter(trainee__in=missing).order_by("trainee").values_list("trainee")
        new = [WatchClock(trainee_id=key) for (key,) in there.distinct()]
        WatchClock.objects.bulk_create(new, ignore_conflicts=True)
        found |= {clock.trainee_id: clock for clock in held.filter(trainee__in=missing)}
    return found


def _still_learning(beats: Sequence[Beat]) -> set[Key]:
    """Return the keys among those of `beats` whose enrolment holds a place and whose lesson still exists."""
    enrolments = Enrolment.objects.holding().filter(pk__in={beat.shown.enrolment for beat in beats})
    lessons = LessonPage.objects.filter(pk__in={beat.shown.lesson for beat in beats})
    learning = set(enrolments.values_list("pk", flat=True))
    there = set(lessons.order_by().values_list("pk", flat=True))
    keys = {(beat.shown.enrolment, beat.shown.lesson) for beat in beats}
    return {key for key in keys if key[0] in learning and key[1] in there}


def _rows(keys: set[Key]) -> dict[Key, LessonProgress]:
    rows = LessonProgress.objects.filter(
        enrolment__in={key[0] for key in keys}, lesson__in={key[1] for key in keys}
    )
    return {(row.enrolment_id, row.lesson_id): row for row in rows.order_by() if _key(row) in keys}


def _key(row: LessonProgress) -> Key:
    return row.enrolment_id, row.lesson_id


def _apply(
    beat: Beat, clocks: dict[int, WatchClock], rows: dict[Key, LessonProgress], known: set[Key]
) -> Written | None:
    key = beat.shown.enrolment, beat.shown.lesson
    row_clock = clocks.get(beat.shown.trainee)
    if row_clock is None or key not in known:
        return None
    row = rows.setdefault(key, LessonProgress(enrolment_id=key[0], lesson_id=key[1], heard_at=beat.at))
    _credit(beat, row_clock, row)
    row.position = min(beat.position, beat.shown.length)
    row.heard_at = max(row.heard_at, beat.at)
    if beat.reached_end and row.reached_end_at is None:
        row.reached_end_at = beat.at
    is_new = row.completed_at is None and _is_done(beat.shown, row)
    if is_new:
        row.completed_at = row.heard_at
    return Written(row.credited, row.completed_at is not None, is_new)


def _credit(beat: Beat, row_clock: WatchClock, row: LessonProgress) -> None:
    at = round(beat.at.timestamp() * 1000)
    clock = crediting.Clock(row_clock.spent_until, row_clock.openings)
    pieces = [(start, end) for start, end in row.intervals]
    for start, end, rate in beat.pieces or ((0, 0, 1.0),):
        claim = start, min(end, beat.shown.length)
        pieces = crediting.credit(clock, pieces, claim, page=beat.page, rate=rate, at=at)
    row_clock.spent_until, row_clock.openings = clock.spent_until, clock.openings
    row.intervals, row.credited = pieces, crediting.total(pieces)


def _is_done(shown: Pass, row: LessonProgress) -> bool:
    reached = row.reached_end_at is not None or not shown.must_reach_end
    return reached and row.credited >= shown.needed


def _save(clocks: dict[int, WatchClock], rows: dict[Key, LessonProgress]) -> None:
    WatchClock.objects.bulk_create(
        clocks.values(),
        update_conflicts=True,
        unique_fields=["trainee"],
        update_fields=["spent_until", "openings"],
    )
    _upsert(rows.values())


def _upsert(rows: Iterable[LessonProgress]) -> None:
    fresh: list[LessonProgress] = []
    known: list[LessonProgress] = []
    for row in rows:
        (known if row.pk else fresh).append(row)
    LessonProgress.objects.bulk_create(fresh)
    LessonProgress.objects.bulk_create(
        known,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["intervals", "credited", "position", "heard_at", "reached_end_at", "completed_at"],
    )
