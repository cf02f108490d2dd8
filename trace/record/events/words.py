"""An event in words: its facts by name, amounts, people, corrected values."""

from datetime import datetime
from html import escape
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from record.events.history import Entry, Step
from record.models import Event

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
    "step": gettext_lazy("kind of work"),
}
_CHOICES = {**dict(Event.Stage.choices), **dict(Event.Step.choices)}


def field_label(name: str) -> str:
    """Return the name of a fact of an event."""
    return str(FIELDS[name])


def amounts(entry: Entry) -> str:
    """Return what went in and what came out, as HTML; corrected amounts stand in the correction."""
    listed = ""
    for name, says in (("inputs", pgettext_lazy("went", "in")), ("outputs", pgettext_lazy("went", "out"))):
        for item in () if name in entry.changed else getattr(entry.current, name):
            listed += f"<div><dt>{escape(str(says))} </dt><dd>{escape(str(item))}</dd></div>"
    return f'<dl class="io">{listed}</dl>' if listed else ""


def who(step: Step) -> str:
    """Return who did it, where, who answers for it and who saw it, in one line."""
    witness = _("attested by {name}").format(name=step.attested_by) if step.attested_by else ""
    parts = dict.fromkeys(part for part in (step.actor, step.responsible, step.place, witness) if part)
    return " · ".join(parts)


def fact_text(value: Any) -> str:
    """Return a fact of an event as text, for a correction."""
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, tuple):
        value = _(", ").join(str(item) for item in value)
    return str(_CHOICES.get(value, value)) or _("nothing")
