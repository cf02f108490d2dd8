"""What a visitor may believe of a licence, in one character, one sentence and one piece of advice."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from brand.models import Licence


@dataclass(frozen=True, slots=True)
class LicenceVerdict:
    """How the result is told. `look` is the class of the seal: shape and fill differ, not only colour."""

    key: str
    seal: str
    look: str
    headline: Promise
    short: Promise
    advice: Promise

    @property
    def is_valid(self) -> bool:
        """Whether the brand may be used today."""
        return self.key == "valid"


VERDICTS = {
    verdict.key: verdict
    for verdict in (
        LicenceVerdict(
            "valid",
            "准",
            "ok",
            _("Valid: may use the brand"),
            _("valid"),
            _("Applies to the products listed below and to nothing else."),
        ),
        LicenceVerdict(
            "early",
            "未",
            "wait",
            _("Not in force yet"),
            _("not in force yet"),
            _("The licence has been given but has not begun. Until then the brand may not be used."),
        ),
        LicenceVerdict(
            "expired",
            "期",
            "none",
            _("Expired"),
            _("expired"),
            _("The period is over and was not renewed. Goods packed since then must not carry the brand."),
        ),
        LicenceVerdict(
            "suspended",
            "停",
            "odd",
            _("Suspended"),
            _("suspended"),
            _("The association is looking into something. Until that is settled, treat it as not licensed."),
        ),
        LicenceVerdict(
            "revoked",
            "废",
            "void",
            _("Revoked"),
            _("revoked"),
            _("May no longer use the brand. If you still see it on goods, tell the association."),
        ),
    )
}


def licence_verdict(licence: Licence, *, on: date) -> LicenceVerdict:
    """Return what to say of `licence` on that day: a decision of the association first, then the dates."""
    if licence.state != Licence.State.VALID:
        return VERDICTS[licence.state]
    if on < licence.valid_from:
        return VERDICTS["early"]
    return VERDICTS["valid" if on <= licence.valid_to else "expired"]
