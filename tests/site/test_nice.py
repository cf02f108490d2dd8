"""The 45 trademark classes: complete, named in both languages, and lists of them judged."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from lib.nice import CLASSES, FIRST_SERVICE, class_choices, class_label, validate_classes


def test_there_are_45_classes_of_which_11_are_services() -> None:
    assert list(CLASSES) == list(range(1, 46))
    assert len([number for number in CLASSES if number >= FIRST_SERVICE]) == 11


def test_names_are_short_and_differ_in_both_languages() -> None:
    for language in ("en", "zh-hans"):
        with override(language):
            names = [str(name) for name in CLASSES.values()]
        assert len(set(names)) == 45
        assert max(map(len, names)) <= 60


def test_a_label_says_number_and_name_in_the_language_of_now() -> None:
    with override("zh-hans"):
        assert class_label(31) == "第 31 类 鲜果蔬、种子、花卉"
        assert class_choices()[28] == (29, "第 29 类 肉蛋、干制和腌制果蔬")
    with override("en"):
        assert class_label(31).startswith("Class 31 ")


def test_an_unknown_class_has_no_label() -> None:
    with pytest.raises(KeyError):
        class_label(46)


@pytest.mark.parametrize("value", [[], [31], [29, 30, 31], (1, 45)])
def test_a_list_in_order_is_taken(value: list[int]) -> None:
    validate_classes(value)


@pytest.mark.parametrize(
    "value", [[0], [46], ["31"], [True], [31.0], [31, 29], [31, 31], "31", None, {"31": 1}]
)
def test_anything_else_is_refused(value: object) -> None:
    with pytest.raises(ValidationError):
        validate_classes(value)  # type: ignore[arg-type]
