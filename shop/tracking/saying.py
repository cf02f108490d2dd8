"""Steps of parcels in the language of who reads them.

A step is kept in the words it was reported in. Those of our own people come from a handful of sentences, so
they are known again in any of the site's languages and said anew; a carrier's words stay as they came.
"""

import re
from functools import cache
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext, gettext_noop, override

from shop.fulfilment.carriers import CARRIERS, carrier_name
from shop.tracking.models import TrackingEvent

SENTENCES: Final = (
    gettext_noop("Packed. The seller brings it."),
    gettext_noop("Packed and handed over to %(carrier)s."),
    gettext_noop("Collected by %(station)s."),
    gettext_noop("Arrived at %(station)s, goes on with the next van."),
    gettext_noop("%(station)s is bringing it to the door."),
    gettext_noop("Waits for you at %(station)s."),
    gettext_noop("Waits for you at the pick-up point."),
    gettext_noop("Signed for at %(station)s."),
    gettext_noop("Held up at %(station)s."),
    gettext_noop("Handed out at the pick-up point."),
    gettext_noop("The buyer has it."),
    gettext_noop("Taken as received."),
)


def said(step: Any) -> str:
    """Return what happened in the language of the page. No query."""
    text: str = step.text
    if step.source == TrackingEvent.Source.CARRIER:
        return text
    for sentence, pattern in _patterns():
        if found := pattern.fullmatch(text):
            facts = found.groupdict()
            note = facts.pop("note")
            if "carrier" in facts:
                facts["carrier"] = _carrier(facts["carrier"])
            return " ".join(part for part in (gettext(sentence) % facts, note) if part)
    return text


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    """Return each sentence with what it looks like in each language, a note of the reporter behind it.

    Those without a name come first: a name is whatever stands there.
    """
    found = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            found += [(sentence, _pattern(gettext(sentence))) for sentence in SENTENCES]
    return sorted(found, key=lambda one: "%(" in one[0])


def _pattern(text: str) -> re.Pattern[str]:
    escaped = re.escape(text)
    named = re.sub(r"%\\\((\w+)\\\)s", r"(?P<\1>.+?)", escaped)
    return re.compile(rf"{named}(?: (?P<note>.*))?", re.DOTALL)


def _carrier(name: str) -> str:
    """Return the name of one of our carriers in the language of the page; a stranger's as it is."""
    return next((carrier_name(slug) for slug, names in _names().items() if name in names), name)


@cache
def _names() -> dict[str, set[str]]:
    names: dict[str, set[str]] = {slug: set() for slug in CARRIERS}
    for code, _name in settings.LANGUAGES:
        with override(code):
            for slug in CARRIERS:
                names[slug].add(carrier_name(slug))
    return names
