"""Serials: what they look like, and how tolerantly they are read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from record.codes.serials import ALPHABET, LENGTH, InvalidSerial, grouped, new_serials, parse_serial

serials = st.text(alphabet=ALPHABET, min_size=LENGTH, max_size=LENGTH)


def test_the_alphabet_has_31_letters_and_no_look_alikes():
    assert len(set(ALPHABET)) == 31
    assert not set("01IOU") & set(ALPHABET)


def test_new_serials_differ_and_use_the_whole_alphabet():
    made = new_serials(2_000)
    assert len(set(made)) == 2_000
    assert {len(serial) for serial in made} == {LENGTH}
    assert set("".join(made)) == set(ALPHABET)


def test_letters_are_equally_likely():
    text = "".join(new_serials(20_000))
    expected = len(text) / len(ALPHABET)
    assert all(abs(text.count(letter) - expected) < 0.06 * expected for letter in ALPHABET)


@given(serials, st.lists(st.sampled_from(" -–·　\t"), max_size=8), st.randoms(use_true_random=False))
def test_any_case_and_any_spacing_is_read(serial, noise, random):
    letters = [random.choice([letter, letter.lower()]) for letter in serial]
    for sign in noise:
        letters.insert(random.randint(0, len(letters)), sign)
    assert parse_serial("".join(letters)) == serial


@given(serials)
def test_the_printed_form_reads_back(serial):
    assert parse_serial(grouped(serial)) == serial
    assert len(grouped(serial).split()) == 4


def test_full_width_letters_of_a_chinese_keyboard_are_read():
    assert parse_serial("７ＫＱＸ　Ｍ３ＲＴ　Ｗ９ＨＶ　４ＣＮＤ") == "7KQXM3RTW9HV4CND"


@given(st.text(max_size=40))
def test_anything_else_is_refused_with_a_problem(text):
    try:
        assert len(parse_serial(text)) == LENGTH
    except InvalidSerial as error:
        assert error.problem in {"letters", "length"}


@pytest.mark.parametrize(
    ("text", "problem", "found"),
    [("7KQX M3RT W9HV 4CN0", "letters", "0"), ("7KQX M3RT W9HV 4CN", "length", "15"), ("", "length", "0")],
)
def test_the_refusal_says_what_is_wrong(text, problem, found):
    with pytest.raises(InvalidSerial) as refused:
        parse_serial(text)
    assert (refused.value.problem, refused.value.found) == (problem, found)
