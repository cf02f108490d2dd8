"""GS1 Digital Link: reading and writing the address in a QR code."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.gtin import check_digit
from record.digital_link import BadLink, DigitalLink, parse_path, qr_link

bodies = st.text(alphabet="0123456789", min_size=13, max_size=13)
values = st.text(alphabet="0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-._", min_size=1, max_size=20)
GTIN = "06971406000014"


@given(bodies, st.one_of(st.just(""), values), st.one_of(st.just(""), values))
def test_what_is_built_reads_back(body, lot, serial):
    link = DigitalLink(f"{body}{check_digit(body)}", lot, serial)
    assert parse_path(link.path) == link
    assert parse_path(link.path.lower()) == link


@given(bodies, st.integers(1, 9))
def test_a_wrong_check_digit_is_refused(body, off):
    wrong = (check_digit(body) + off) % 10
    with pytest.raises(BadLink) as refused:
        parse_path(f"/01/{body}{wrong}")
    assert refused.value.problem == "check_digit"


@given(st.text(max_size=60))
def test_no_text_breaks_the_parser(text):
    try:
        assert len(parse_path(f"/01/{text}").gtin) == 14
    except BadLink as error:
        assert error.problem in {"gtin", "check_digit", "qualifier", "value"}


def test_shorter_gtins_get_their_zeros():
    assert parse_path("/01/6901234567892").gtin == "06901234567892"


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("/01/", "qualifier"),
        ("/01/123", "gtin"),
        (f"/01/{GTIN}/21", "qualifier"),
        (f"/01/{GTIN}/21/A/10/B", "qualifier"),  # in the wrong order
        (f"/01/{GTIN}/10/A/10/B", "qualifier"),
        (f"/01/{GTIN}/99/A", "qualifier"),
        (f"/01/{GTIN}/10/{'A' * 21}", "value"),
        (f"/01/{GTIN}/10/葱", "value"),
        ("/8003/06971406000014", "qualifier"),
    ],
)
def test_bad_syntax_is_refused_with_its_problem(path, problem):
    with pytest.raises(BadLink) as refused:
        parse_path(path)
    assert refused.value.problem == problem


def test_a_consumer_variant_is_read_over():
    assert parse_path(f"/01/{GTIN}/22/2A/21/7KQXM3RTW9HV4CND") == DigitalLink(GTIN, "", "7KQXM3RTW9HV4CND")


def test_the_qr_link_is_upper_case_and_short_without_a_gtin():
    base, serial = "https://fengtu.cn", "7KQXM3RTW9HV4CND"
    assert qr_link(base_url=base, gtin=GTIN, serial=serial) == f"HTTPS://FENGTU.CN/01/{GTIN}/21/{serial}"
    assert qr_link(base_url=base, gtin=None, serial=serial) == f"HTTPS://FENGTU.CN/T/{serial}"
