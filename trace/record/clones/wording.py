"""What gave a copy away, as a sentence for operators and for whoever scans the code."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from record.models import CloneAlert, Code


def sentence(alert: CloneAlert) -> str:
    """Return what was seen, in the language of the page."""
    return _SENTENCES[alert.rule](alert.facts)


def signs(code: Code) -> list[str]:
    """Return what gave `code` away, for somebody who scans it. One query."""
    undecided = code.clone_alerts.exclude(state=CloneAlert.State.DISMISSED).order_by("opened_at")
    return [sentence(alert) for alert in undecided[:3]]


def _journey(facts: dict) -> str:
    text = ngettext(
        "Within %(minutes)d minute it was scanned in %(from)s and in %(to)s, at least %(km)d km apart.",
        "Within %(minutes)d minutes it was scanned in %(from)s and in %(to)s, at least %(km)d km apart.",
        facts["minutes"],
    )
    return text % facts


def _outside(facts: dict) -> str:
    text = _("It was scanned in %(places)s, far from where it is sold.")
    return text % {"places": _(", ").join(facts["places"])}


def _phones(facts: dict) -> str:
    text = ngettext(
        "%(phones)d phone checked this one code.",
        "%(phones)d different phones checked this one code, more than one package ever meets.",
        facts["phones"],
    )
    return text % facts


_SENTENCES: dict[str, Callable[[dict], str]] = {
    CloneAlert.Rule.SPEED: _journey,
    CloneAlert.Rule.REGION: _outside,
    CloneAlert.Rule.PHONES: _phones,
}
