"""统一社会信用代码: the unified social credit code of an organisation, GB 32100-2015."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# 31 characters: no I, O, S, V, Z. A character's place is its value.
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = [pow(3, place, 31) for place in range(17)]


_BETWEEN = re.compile(r"[\s\-]+")


def canonical_credit_code(typed: str) -> str:
    """Return the code as it is printed: capitals, nothing between them, no full-width characters."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", typed)).upper()


def check_character(body: str) -> str:
    """Return the 18th character that belongs to the first 17 (modulus 31, weights 3ⁱ)."""
    total = sum(_ALPHABET.index(char) * weight for char, weight in zip(body, _WEIGHTS, strict=True))
    return _ALPHABET[-total % 31]


def validate_credit_code(value: str) -> None:
    """Refuse a code with a wrong length, alphabet or check character.

    Raises:
        ValidationError: saying which.
    """
    if len(value) != 18 or set(value) - set(_ALPHABET):
        raise ValidationError(
            _("The code has 18 characters: digits and capitals without I, O, S, V, Z."), code="shape"
        )
    if check_character(value[:17]) != value[17]:
        raise ValidationError(
            _("The last character does not fit the rest: one was copied wrongly."), code="check"
        )
