"""Numbers with a check digit are refused with the reason."""

import pytest
from django.core.exceptions import ValidationError

from lib.credit_code import check_character, validate_credit_code
from lib.gtin import to_gtin14, validate_gtin14


@pytest.mark.parametrize(
    ("text", "gtin"), [("4006381333931", "04006381333931"), ("96385074", "00000096385074")]
)
def test_a_shorter_gtin_is_filled_with_zeros(text: str, gtin: str) -> None:
    assert to_gtin14(text) == gtin


@pytest.mark.parametrize(
    "text", ["4006381333932", "400638133393", "40063813339a1", "", "４００６３８１３３３９３１"]
)
def test_a_wrong_gtin_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"digit"):
        to_gtin14(text)


def test_the_right_check_digit_is_named() -> None:
    with pytest.raises(ValidationError) as refused:
        validate_gtin14("04006381333932")
    assert refused.value.params == {"right": 1}


def test_a_published_credit_code_is_accepted() -> None:
    validate_credit_code("91350100M000100Y43")  # the example of GB 32100-2015


@pytest.mark.parametrize(
    "code", ["91350100M000100Y44", "91350100M000100Y4", "91350100M00010OY43", "91350100m000100y43"]
)
def test_a_wrong_credit_code_is_refused(code: str) -> None:
    with pytest.raises(ValidationError):
        validate_credit_code(code)


def test_the_check_character_follows_the_standard() -> None:
    assert check_character("91350100M000100Y4") == "3"
