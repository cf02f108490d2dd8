"""The way a batch came, as HTML: its events stage by stage, corrections beside them, gaps in their place.

Written out here because a page shows up to 500 events and the template language took five times the CPU for
the same markup.
"""

from collections.abc import Iterator
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lib.dates import moment
from record.completeness import Fact
from record.events.history import Correction, Entry, Step
from record.events.words import amounts, fact_text, field_label, who
from record.models import Event
from record.photos import Shot
from record.timeline import StageRecord


def stage_markup(stage: StageRecord, *, member: str) -> SafeString:
    """Return one stage; `member` is who should add what is missing."""
    label = escape(str(Event.Stage(stage.stage).label))
    events = "".join(_event(entry) for entry in stage.entries)
    gaps = "".join(_gaps(stage.missing, member))
    return SafeString(f'<section class="stage"><h3>{label}</h3><ol>{events}{gaps}</ol></section>')


def _event(entry: Entry) -> str:
    now = entry.current
    note = f"<p>{escape(now.note)}</p>" if now.note and "note" not in entry.changed else ""
    people = who(now)
    fixes = "".join(_correction(entry.original, fix) for fix in entry.corrections)
    return (
        f'<li class="event{" fixed" if fixes else ""}"><h4>{escape(now.title)} '
        f'<time datetime="{now.at.isoformat()}">{moment(now.at)}</time></h4>'
        f"{note}{amounts(entry)}"
        f"{_who(people)}{_position(now)}{_frames(entry)}{_conflicts(entry)}{fixes}</li>\n"
    )


def _who(people: str) -> str:
    return f'<p class="who">{escape(people)}</p>' if people else ""


def _position(step: Step) -> str:
    """Return where the phone said it was, to about ten metres."""
    if step.latitude is None or step.longitude is None:
        return ""
    text = _("Position %(place)s, by phone") % {"place": f"{step.latitude:.4f}, {step.longitude:.4f}"}
    return f'<p class="who">{escape(text)}</p>'


def _conflicts(entry: Entry) -> str:
    """Return what an entry from a spreadsheet or a partner contradicts: it was kept as it came."""
    if not entry.conflicts:
        return ""
    reasons = " ".join(str(reason) for reason in entry.conflicts)
    text = _("Does not fit the rest of the record: %(reasons)s") % {"reasons": reasons}
    return f'<p class="note warn small">{escape(text)}</p>'


def _frames(entry: Entry) -> str:
    shots = "".join(_frame(shot, entry.current) for shot in entry.photos)
    return f'<div class="frames">{shots}</div>' if shots else ""


def _frame(shot: Shot, step: Step) -> str:
    picture = f'<span class="missing">{escape(_("photo lost"))}</span>'
    if shot.file:
        alt = escape(shot.caption or step.title)
        picture = f'<img src="{escape(shot.url)}" width="480" height="360" loading="lazy" alt="{alt}">'
    when = f"{moment(shot.taken_at)} " if shot.taken_at else ""
    caption = f"<figcaption>{when}{escape(shot.caption)}</figcaption>"
    return f'<figure class="frame"><div class="plate photo">{picture}</div>{caption}</figure>'


def _correction(original: Step, fix: Correction) -> str:
    recorded = _("Recorded %(at)s") % {"at": moment(original.recorded_at)}
    corrected = _("Corrected %(at)s") % {"at": moment(fix.step.recorded_at)}
    olds = "".join(f"<p>{_field(c.field)} <del>{escape(fact_text(c.old))}</del></p>" for c in fix.changes)
    news = "".join(f"<p>{_field(c.field)} <ins>{escape(fact_text(c.new))}</ins></p>" for c in fix.changes)
    reason = f'<p class="small quiet">{escape(fix.step.reason)}</p>'
    return (
        f'<div class="versus"><div><p class="fine">{escape(recorded)}</p>{olds}</div>'
        f'<div><p class="fine">{escape(corrected)}</p>{news}{reason}</div></div>'
    )


def _field(name: str) -> str:
    return escape(field_label(name))


def _gaps(missing: tuple[Fact, ...], member: str) -> Iterator[str]:
    for fact in missing:
        label, hint = escape(str(fact.label)), escape(str(fact.hint))
        unrecorded = escape(_("not recorded"))
        should = escape(_("%(member)s should add it") % {"member": member})
        yield (
            f'<li class="event gap"><h4>{label} <span class="missing">{unrecorded}</span></h4>'
            f'<p>{hint}</p><p class="who">{should}</p></li>'
        )
