"""Where a filing stands on one day, in one word and one sign: what the office decided, then the dates."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from brand.trademarks.filings import Filing
from brand.trademarks.terms import Term, term


@dataclass(frozen=True, slots=True)
class Standing:
    """How a filing is told. `sign` and `look` differ for each, so that colour alone says nothing.

    `weight` orders filings of one trademark in one class: the strongest one speaks for the class.
    """

    key: str
    sign: str
    look: str
    weight: int
    label: Promise

    @property
    def protects(self) -> bool:
        """Whether the sign is protected in this class."""
        return self.key in {"registered", "renewable", "grace"}


STANDINGS = {
    standing.key: standing
    for standing in (
        Standing("registered", "注", "ok", 90, pgettext_lazy("filing", "registered")),
        Standing("renewable", "续", "due", 85, pgettext_lazy("filing", "registered, to be renewed")),
        Standing("grace", "宽", "due", 80, pgettext_lazy("filing", "ended, can still be renewed")),
        Standing("published", "公", "wait", 70, pgettext_lazy("filing", "published for opposition")),
        Standing("opposed", "异", "odd", 60, pgettext_lazy("filing", "opposed")),
        Standing("applied", "申", "wait", 50, pgettext_lazy("filing", "applied for")),
        Standing("review", "复", "odd", 40, pgettext_lazy("filing", "refused, under review")),
        Standing("planned", "拟", "plan", 30, pgettext_lazy("filing", "planned")),
        Standing("lapsed", "期", "none", 20, pgettext_lazy("filing", "lapsed")),
        Standing("refused", "驳", "void", 15, pgettext_lazy("filing", "refused")),
        Standing("withdrawn", "撤", "none", 10, pgettext_lazy("filing", "withdrawn")),
        Standing("cancelled", "销", "void", 5, pgettext_lazy("filing", "cancelled")),
    )
}
_OF_TERM = {Term.RENEWABLE: "renewable", Term.GRACE: "grace", Term.LAPSED: "lapsed"}


def standing(filing: Filing, *, on: date) -> Standing:
    """Return where `filing` stands on that day."""
    if filing.state == Filing.State.REGISTERED and filing.expires_on:
        return STANDINGS[_OF_TERM.get(term(filing.expires_on, on=on), "registered")]
    return STANDINGS[filing.state]
