"""A claim as its page tells it: what was said and done by whom, and whose turn it is until when."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from brand.acts.models import Act, acts_on
from shop.aftersales.models import Claim

State = Claim.State
SIDES: dict[str, Promise] = {
    "buyer": pgettext_lazy("side of a claim", "buyer"),
    "seller": pgettext_lazy("side of a claim", "seller"),
    "office": pgettext_lazy("side of a claim", "office"),
    "clock": pgettext_lazy("side of a claim", "by itself"),
}
VERBS: dict[str, Promise] = {
    "made": pgettext_lazy("claim", "asked"),
    "agreed": pgettext_lazy("claim", "agreed: send it back"),
    "paid": pgettext_lazy("claim", "money goes back"),
    "resent": pgettext_lazy("claim", "sends another one"),
    "refused": pgettext_lazy("claim", "refused"),
    "rejected": pgettext_lazy("claim", "decided: nothing"),
    "objected": pgettext_lazy("claim", "brought it before the office"),
    "disputed": pgettext_lazy("claim", "does not take it back: before the office"),
    "sent_back": pgettext_lazy("claim", "sent it back"),
    "withdrawn": pgettext_lazy("claim", "let it go"),
    "lapsed": pgettext_lazy("claim", "nobody objected"),
    "settled": pgettext_lazy("claim", "done"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done."""

    who: str
    what: str
    at: datetime
    note: str


def steps(claim: Claim) -> list[Step]:
    """Return what was done, oldest first. One query."""
    return [_step(act) for act in acts_on(claim)]


def now_said(claim: Claim) -> str:
    """Return the sentence that says what happens next and whose turn it is."""
    facts = {"amount": claim.amount, "to": claim.return_to}
    return _now(claim.state) % facts


def _now(state: str) -> str:
    sentences = {
        State.OPEN: _("The seller reads it and answers. Silent too long, and it goes before the office."),
        State.RETURNING: _("Send it to: %(to)s. Then enter the waybill here."),
        State.BACK: _("On its way back. The seller looks at it as soon as it is there."),
        State.RESENDING: _("Another one is being packed for you."),
        State.REFUNDING: _("¥%(amount)s goes back the way it was paid."),
        State.REFUSED: _("The seller said no. You can bring it before the office."),
        State.OFFICE: _("The office of the hall looks at both sides and decides."),
        State.SETTLED: _("Done."),
        State.REJECTED: _("It stays as it is: no money goes back."),
        State.WITHDRAWN: _("Let go. While there is time you can ask again."),
    }
    return sentences[State(state)]


def _step(act: Act) -> Step:
    side = str(act.detail.get("side", ""))
    return Step(str(SIDES.get(side, side)), str(VERBS.get(act.verb, act.verb)), act.at, act.note)
