"""Sums are divided to the cent, in whatever steps they are given back."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from shop.payments.shares import NOTHING, divide, of_units

cents = st.integers(0, 5_000_000).map(lambda n: Decimal(n) / 100)


@given(cents, st.lists(cents, min_size=1, max_size=12))
def test_the_parts_make_the_sum_and_none_is_a_cent_off_its_share(amount, weights) -> None:
    parts = divide(amount, dict(enumerate(weights)))
    assert sum(parts.values(), NOTHING) == amount
    whole = sum(weights, NOTHING)
    if whole:
        assert all(abs(parts[n] - amount * weights[n] / whole) < Decimal("0.01") for n in parts)
        assert all(parts[n] == 0 for n in parts if not weights[n])


@given(cents, st.integers(1, 50), st.data())
def test_units_given_back_in_steps_make_what_was_paid(paid, quantity, data) -> None:
    after, given_back = 0, NOTHING
    while after < quantity:
        units = data.draw(st.integers(1, quantity - after))
        part = of_units(paid, quantity, after=after, units=units)
        assert abs(part - paid * units / quantity) < Decimal("0.01") * units
        after, given_back = after + units, given_back + part
    assert given_back == paid
