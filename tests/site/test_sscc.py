"""SSCC: built, read in every way it is scanned, and drawn as bars a scanner reads back."""

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from lib.barcode import sscc_bars
from lib.gtin import check_digit
from lib.sscc import InvalidSscc, PrefixUsedUp, grouped, new_sscc, parse_sscc

PREFIXES = st.from_regex(r"\A[0-9]{7,10}\Z")


@given(prefix=PREFIXES, reference=st.integers(0, 999_999), extension=st.integers(0, 9))
def test_every_number_built_is_read_back(prefix, reference, extension):
    number = new_sscc(prefix=prefix, reference=reference, extension=extension)
    assert len(number) == 18
    assert check_digit(number[:-1]) == int(number[-1])
    for scanned in (number, f"(00) {number}", f"00{number}", f"]C100{number}", grouped(number)):
        assert parse_sscc(scanned) == number


@given(prefix=PREFIXES, reference=st.integers(0, 999_999), place=st.integers(0, 17), step=st.integers(1, 9))
def test_one_wrong_digit_is_noticed(prefix, reference, place, step):
    number = new_sscc(prefix=prefix, reference=reference)
    wrong = f"{(int(number[place]) + step) % 10}"
    with pytest.raises(InvalidSscc):
        parse_sscc(number[:place] + wrong + number[place + 1 :])


@pytest.mark.parametrize("text", ["", "7KQXM3RTW9HV4CND", "6901234567892", "０69012345000000172x", "1" * 19])
def test_what_is_no_sscc_is_refused(text):
    with pytest.raises(InvalidSscc):
        parse_sscc(text)


@pytest.mark.parametrize("prefix", ["", "123456", "12345678901", "69a12345"])
def test_a_prefix_has_seven_to_ten_digits(prefix):
    with pytest.raises(InvalidSscc):
        new_sscc(prefix=prefix, reference=1)


def test_a_used_up_prefix_is_refused():
    assert new_sscc(prefix="6901234567", reference=999_999)
    with pytest.raises(PrefixUsedUp):
        new_sscc(prefix="6901234567", reference=1_000_000)


def test_the_bars_say_the_number():
    number = new_sscc(prefix="69012345", reference=17)
    modules = "0" * 10 + sscc_bars(number) + "0" * 10
    row = Image.new("L", (len(modules), 1))
    row.putdata([0 if module == "1" else 255 for module in modules])
    read = zxingcpp.read_barcodes(row.resize((len(modules) * 3, 60), Image.Resampling.NEAREST))
    assert [code.text for code in read] == [f"(00){number}"]
    assert read[0].symbology_identifier == "]C1"
