"""Pieces of the record's pages: the seal, the score, amounts, people. `{% load record %}`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from record.completeness import Completeness, Fact
from record.scans.verdicts import Kind, Verdict
from record.timeline import BatchRecord
from record.way import stage_markup

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
_BAR = 25  # width of one fact in the bar


@register.simple_tag
def seal(verdict: Verdict) -> Seal:
    """Return how a verdict looks."""
    return SEALS[verdict.kind]


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


@register.simple_tag
def way(record: BatchRecord, *, member: str) -> SafeString:
    """Write down the stages of a batch; `member` is who should add what is missing."""
    return SafeString("".join(stage_markup(stage, member=member) for stage in record.stages))


@register.simple_tag
def script_url(name: str) -> str:
    """Return the address of a script that `npm ci` brings, or "" where that was not run."""
    try:
        return str(staticfiles_storage.url(name))
    except ValueError:  # not in the manifest
        return ""
