"""Why something that was typed or scanned cannot be a code, in words."""

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from record.codes.serials import LENGTH, InvalidSerial
from record.digital_link import BadLink

_LINKS = {
    "gtin": _("The number after 01 is no GTIN: it has 8, 12, 13 or 14 digits."),
    "check_digit": _("The check digit of the number {found} is wrong: one digit was misread."),
    "qualifier": _("The link is built in a way nobody builds one: {found}"),
    "value": _("A part of the link is too long or holds a character it cannot hold: {found}"),
}


def sentence(error: InvalidSerial | BadLink) -> Promise:
    """Return what is wrong and what to look at."""
    if isinstance(error, BadLink):
        return format_lazy(_LINKS[error.problem], found=error.found[:60])
    if error.problem == "letters":
        return format_lazy(
            _("Codes never hold {found}. Look again: there is no 0, 1, I, O or U in them."),
            found=" ".join(error.found[:8]),
        )
    return _length(int(error.found))


def _length(found: int) -> Promise:
    if found < LENGTH:
        few = ngettext_lazy(
            "One character is missing, a code has 16.",
            "{count} characters are missing, a code has 16.",
            LENGTH - found,
        )
        return format_lazy(few, count=LENGTH - found)
    many = ngettext_lazy(
        "One character too many, a code has 16.",
        "{count} characters too many, a code has 16.",
        found - LENGTH,
    )
    return format_lazy(many, count=found - LENGTH)
