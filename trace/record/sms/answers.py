"""What a text message says back. Pure wording; 70 characters are one message in Chinese (3GPP TS 23.038)."""

from collections.abc import Mapping

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from record.models import Code
from record.scans.verdicts import Kind, Verdict

LONGEST = 70
_LEAST = 4  # characters left of a name that is cut
_WORDS: Mapping[Kind, Promise] = {
    Kind.FIRST: _("Genuine, you are the first to check it. {product}, {member}."),
    Kind.AGAIN: _(
        "Genuine, checked {times} times, first on {day}. Was that not you, look at the seal. {product}."
    ),
    Kind.INACTIVE: _("The code is not in use yet, do not take it for genuine. Just arrived? Check in a day."),
    Kind.RECALLED: _("Being recalled, do not use it. {reason}. Return it where you bought it."),
    Kind.VOIDED: _("This code is void: {reason}. What carries it was not packed by us."),
    Kind.SUSPICIOUS: _("The code is genuine, the goods may not be: {phones} phones checked it. Ask {phone}."),
    Kind.UNKNOWN: _("No such code, we never issued it. Compare: there is no 0, 1, I, O or U in a code."),
}
UNREADABLE = _("We found no code in that. Send the 16 characters on the package, nothing else needed.")
TOO_OFTEN = _("That was many for one day. Scan the QR code with the camera instead, or send more tomorrow.")


def answer(verdict: Verdict, code: Code | None) -> str:
    """Return the verdict on `code` (with product, member, region and batch) in 70 characters at most."""
    return fitted(str(_WORDS[verdict.kind]), _facts(verdict, code) if code else {})


def plain(text: Promise) -> str:
    """Return a sentence without facts."""
    return fitted(str(text), {})


def fitted(words: str, facts: Mapping[str, str]) -> str:
    """Fill in `facts`, cutting the longest of them with … until all fits."""
    shown = dict(facts)
    while len(text := words.format(**shown)) > LONGEST:
        longest = max(
            (name for name in shown if f"{{{name}}}" in words), key=lambda name: len(shown[name]), default=""
        )
        if not longest or len(shown[longest]) <= _LEAST:
            return text[: LONGEST - 1] + "…"
        shown[longest] = shown[longest].rstrip("…")[:-1] + "…"
    return text


def _facts(verdict: Verdict, code: Code) -> dict[str, str]:
    first = timezone.localtime(code.first_scanned_at) if code.first_scanned_at else None
    return {
        "product": code.product.name,
        "member": code.product.member.name,
        "times": str(verdict.scan_count),
        "phones": str(verdict.device_count),
        "day": f"{first.month}-{first.day}" if first else "",
        "reason": code.void_reason or (code.batch.recall_reason if code.batch else ""),
        "phone": code.product.region.phone,
    }
