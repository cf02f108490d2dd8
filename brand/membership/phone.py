"""The phone of an application: confirmed by a code, and only as long as the number stays the same."""

from datetime import datetime

from accounts.models import User
from brand.membership.drafts import OPEN, NotOpen
from brand.membership.models import MembershipApplication
from brand.phones import confirm_code, send_code
from lib.phone import InvalidPhone, normalise_phone


def is_confirmed(application: MembershipApplication) -> bool:
    """Tell whether the number that stands in the application is the one that was confirmed."""
    try:
        return normalise_phone(application.contact_phone) == application.confirmed_phone
    except InvalidPhone:
        return False


def ask_for_code(*, application: MembershipApplication, user: User, address: str, at: datetime) -> None:
    """Send a code to the number in the application.

    Raises:
        CodeRefused, InvalidPhone, NotSent: none was sent.
    """
    send_code(
        phone=application.contact_phone, purpose=_purpose(application), at=at, address=address, user=user
    )


def confirm_phone(*, application: MembershipApplication, typed: str, at: datetime) -> None:
    """Note that the number in the application was confirmed by the code `typed`.

    Raises:
        CodeRefused, InvalidPhone: it was not.
        NotOpen: the application was sent off meanwhile.
    """
    confirm_code(phone=application.contact_phone, purpose=_purpose(application), typed=typed, at=at)
    number = normalise_phone(application.contact_phone)
    mine = MembershipApplication.objects.filter(pk=application.pk, state__in=OPEN)
    if not mine.update(confirmed_phone=number):
        raise NotOpen


def _purpose(application: MembershipApplication) -> str:
    return f"membership.{application.pk}"
