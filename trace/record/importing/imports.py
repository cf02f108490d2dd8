"""Imports: a spreadsheet is kept with a report on each line; then what can be recorded is recorded."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from record.events.recording import EventRefused, record_event
from record.importing.checking import Verdict, check
from record.importing.sheet import Line, read_sheet
from record.models import Event, EventImport, ImportLine

State = ImportLine.State
RECORDABLE = (State.READY, State.CONFLICT)


def keep_sheet(*, name: str, content: bytes, user: User, at: datetime) -> EventImport:
    """Keep the file and a report on each line. No event is recorded yet.

    Raises:
        NotASheet: it cannot be read as a table of events; nothing is kept.
    """
    verdicts = check(read_sheet(content), at=at)
    with transaction.atomic():
        kept = EventImport.objects.create(name=name[:120], content=content, uploaded_at=at, uploaded_by=user)
        ImportLine.objects.bulk_create(_line(kept, verdict) for verdict in verdicts)
    return kept


def check_again(*, source: EventImport, at: datetime) -> list[tuple[ImportLine, Verdict]]:
    """Report anew on the lines that are not recorded: a batch or an input may have been entered meanwhile."""
    rows = list(source.lines.exclude(state=State.RECORDED))
    checked = list(zip(rows, check([Line(row.number, row.cells) for row in rows], at=at), strict=True))
    for row, verdict in checked:
        row.state, row.problems, row.event = verdict.state, verdict.problems, verdict.event
    ImportLine.objects.bulk_update(rows, ["state", "problems", "event"], batch_size=200)
    return checked


def record_lines(*, source: EventImport, user: User, at: datetime) -> int:
    """Record every line that can be, in their order, and return how many events are new.

    Each line is a transaction of its own, keyed by what it says: an import that was cut off, or two people
    who press the button at once, leave one event per line, and whoever comes again goes on.
    """
    checked = check_again(source=source, at=at)
    done = sum(_record(row, verdict, user=user, at=at) for row, verdict in checked)
    EventImport.objects.filter(pk=source.pk, recorded_at=None).update(recorded_at=at)
    return done


def _record(row: ImportLine, verdict: Verdict, *, user: User, at: datetime) -> bool:
    if verdict.state not in RECORDABLE or verdict.meaning.batch is None:
        return False
    try:
        with transaction.atomic():
            event = record_event(
                batch=verdict.meaning.batch,
                recorded_at=at,
                recorded_by=user,
                source=Event.Source.IMPORT,
                submission=verdict.submission,
                **verdict.meaning.facts,
            )
            row.event, row.state = event, State.RECORDED
            row.save(update_fields=["event", "state"])
    except EventRefused as error:
        row.state, row.problems = State.FAULTY, [str(reason) for reason in error.reasons]
        row.save(update_fields=["state", "problems"])
        return False
    return event.recorded_at == at


def _line(source: EventImport, verdict: Verdict) -> ImportLine:
    return ImportLine(
        source=source,
        number=verdict.line.number,
        cells=verdict.line.cells,
        state=verdict.state,
        problems=verdict.problems,
        event=verdict.event,
    )
