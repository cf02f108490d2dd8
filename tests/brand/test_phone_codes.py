"""A phone is confirmed by the code that went there, and by nothing else."""

from datetime import UTC, datetime, timedelta

import pytest

from brand.models import PhoneCode
from brand.phones import (
    CodeExpired,
    CodeTooSoon,
    NoTriesLeft,
    TooManyCodes,
    WrongCode,
    confirm_code,
    send_code,
)
from brand.phones.codes import forget_codes
from lib.phone import InvalidPhone
from notices.gateways import GatewayError, memory
from notices.models import Notice
from notices.send import NotSent

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, 0, 30, tzinfo=UTC)
PHONE = "138 0000 1234"
PURPOSE = "membership.7"


@pytest.fixture(autouse=True)
def _no_messages():
    memory.outbox.clear()


def sent_digits() -> str:
    return str(memory.outbox[-1].params["code"])


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def send(at=NOW, **facts):
    return send_code(**{"phone": PHONE, "purpose": PURPOSE, "at": at, **facts})


def confirm(typed, at=NOW, **facts):
    confirm_code(**{"phone": PHONE, "purpose": PURPOSE, "typed": typed, "at": at, **facts})


def test_the_code_that_was_sent_confirms_the_number_once() -> None:
    send()
    code = sent_digits()
    assert len(code) == 6 and code in memory.outbox[-1].text
    confirm(f" {code[:3]} {code[3:]} ", phone="+86 13800001234")
    with pytest.raises(CodeExpired):
        confirm(code)


def test_neither_number_nor_code_is_kept_with_it() -> None:
    code = send()
    kept = " ".join(str(value) for value in PhoneCode.objects.values().get(pk=code.pk).values())
    assert "13800001234" not in kept and sent_digits() not in kept.split()
    assert Notice.objects.get(kind="phone_code").text == ""


@pytest.mark.parametrize(
    "other", [{"phone": "139 0000 1234"}, {"purpose": "membership.8"}, {"at": NOW + timedelta(minutes=16)}]
)
def test_a_code_proves_nothing_for_another_number_purpose_or_time(other) -> None:
    send()
    with pytest.raises(CodeExpired):
        confirm(sent_digits(), **other)
    assert PhoneCode.objects.get().used_at is None


def test_after_five_wrong_tries_the_right_code_is_no_good() -> None:
    send()
    code = sent_digits()
    for left in (4, 3, 2, 1):
        with pytest.raises(WrongCode) as refused:
            confirm(wrong(code))
        assert refused.value.left == left
    with pytest.raises(NoTriesLeft):
        confirm(wrong(code))
    with pytest.raises(NoTriesLeft):
        confirm(code)


def test_a_new_code_takes_the_place_of_the_old_one() -> None:
    send()
    old = sent_digits()
    later = NOW + timedelta(minutes=2)
    send(at=later)
    if sent_digits() != old:
        with pytest.raises(WrongCode):
            confirm(old, at=later)
    confirm(sent_digits(), at=later)


def test_a_number_gets_one_code_a_minute_and_five_an_hour() -> None:
    send()
    with pytest.raises(CodeTooSoon) as refused:
        send(at=NOW + timedelta(seconds=20), purpose="other")
    assert refused.value.seconds == 40
    for minutes in (2, 4, 6, 8):
        send(at=NOW + timedelta(minutes=minutes))
    with pytest.raises(TooManyCodes):
        send(at=NOW + timedelta(minutes=10))
    assert len(memory.outbox) == 5
    send(at=NOW + timedelta(minutes=61))


def test_a_visitor_cannot_write_to_one_number_after_another() -> None:
    for number in range(40):
        send(phone=f"138 0000 {1000 + number}", address="203.0.113.9")
    with pytest.raises(TooManyCodes):
        send(phone="138 0000 2000", address="203.0.113.9")
    send(phone="138 0000 2000", address="203.0.113.10")


def test_what_the_gateway_refused_may_be_asked_for_again_at_once(monkeypatch) -> None:
    def down(message):
        raise GatewayError("no way")

    with monkeypatch.context() as patched:
        patched.setattr(memory, "send", down)
        with pytest.raises(NotSent):
            send()
    assert not PhoneCode.objects.exists()
    send()


def test_a_number_that_cannot_exist_gets_nothing() -> None:
    with pytest.raises(InvalidPhone):
        send(phone="0355 123 4567")
    assert not memory.outbox and not PhoneCode.objects.exists()


def test_old_codes_and_the_numbers_they_went_to_are_forgotten() -> None:
    send(at=NOW - timedelta(days=2))
    send()
    assert forget_codes(before=NOW - timedelta(days=1)) == 1
    assert PhoneCode.objects.get().sent_at == NOW
    assert Notice.objects.get(kind="phone_code").created_at == NOW
