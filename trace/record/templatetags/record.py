"""Pieces of the record's pages: the seal, the score, amounts, people. `{% load record %}`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from record.completeness import Completeness, Fact
from record.history import Entry, Step
from record.models import Event
from record.verdicts import Kind, Verdict

register = template.Library()


@dataclass(frozen=True, slots=True)
class Seal:
    """How a verdict looks: its character, its class and its words."""

    character: str
    css: str
    template: str


SEALS: Mapping[Kind, Seal] = {
    Kind.FIRST: Seal("真", "ok", "record/verdicts/first.html"),
    Kind.AGAIN: Seal("真", "ok again", "record/verdicts/again.html"),
    Kind.INACTIVE: Seal("未", "wait", "record/verdicts/inactive.html"),
    Kind.RECALLED: Seal("召", "recall", "record/verdicts/recalled.html"),
    Kind.VOIDED: Seal("废", "void", "record/verdicts/voided.html"),
    Kind.SUSPICIOUS: Seal("疑", "odd", "record/verdicts/suspicious.html"),
}
FIELDS = {
    "stage": gettext_lazy("stage"),
    "title": gettext_lazy("what was done"),
    "at": gettext_lazy("when"),
    "place": gettext_lazy("where"),
    "actor": gettext_lazy("done by"),
    "responsible": gettext_lazy("responsible party"),
    "attested_by": gettext_lazy("attested by"),
    "inputs": gettext_lazy("went in"),
    "outputs": gettext_lazy("came out"),
    "note": gettext_lazy("note"),
}
_BAR = 25  # width of one fact in the bar


@register.simple_tag
def seal(verdict: Verdict) -> Seal:
    """Return how a verdict looks."""
    return SEALS[verdict.kind]


@register.simple_tag
def stage_label(stage: str) -> str:
    """Return the name of a stage in the language of the page."""
    return str(Event.Stage(stage).label)


@register.simple_tag
def field_label(name: str) -> str:
    """Return the name of a fact of an event."""
    return str(FIELDS[name])


@register.simple_tag
def score_bar(score: Completeness) -> SafeString:
    """Draw one box per expected fact, filled where it is recorded."""
    says = _("{recorded} of {total} recorded").format(recorded=score.recorded, total=score.total)
    boxes = (
        (("off", "on")[holds], place * _BAR + 1, _BAR - 4) for place, (_key, holds) in enumerate(score.marks)
    )
    rects = format_html_join("", '<rect class="{}" x="{}" y="1" width="{}" height="12" rx="2"/>', boxes)
    return format_html(
        '<svg viewBox="0 0 {} 14" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>',
        score.total * _BAR,
        says,
        rects,
    )


@register.simple_tag
def amounts(entry: Entry) -> SafeString:
    """List what went into an event and what came out of it; corrected amounts stand in the correction."""
    went = [("inputs", pgettext("went", "in")), ("outputs", pgettext("went", "out"))]
    rows = [
        (says, item)
        for name, says in went
        if name not in entry.changed
        for item in getattr(entry.current, name)
    ]
    listed = format_html_join("", "<div><dt>{} </dt><dd>{}</dd></div>", rows)
    return format_html('<dl class="io">{}</dl>', listed) if rows else SafeString("")


@register.filter
def labels(facts: Iterable[Fact]) -> str:
    """Return the names of facts as a list in a sentence."""
    return _(", ").join(str(fact.label) for fact in facts)


@register.filter
def amount(number: Decimal | None) -> str:
    """Return a number as people write it: thousands apart, no empty decimals."""
    if number is None:
        return ""
    return f"{number.normalize():,f}"


@register.filter
def who(step: Step) -> str:
    """Return who did it, where, who answers for it and who saw it, in one line."""
    witness = _("attested by {name}").format(name=step.attested_by) if step.attested_by else ""
    parts = dict.fromkeys(part for part in (step.actor, step.responsible, step.place, witness) if part)
    return " · ".join(parts)


@register.filter
def fact(value: Any) -> str:
    """Return a fact of an event as text, for a correction."""
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, tuple):
        value = _(", ").join(str(item) for item in value)
    return value or _("nothing")
