"""Certificates of one person: taken along; with the account the name goes out of them."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from training.models import Certificate


def export(user: User) -> dict[str, Any]:
    """Return the certificates of this person."""
    rows = Certificate.objects.filter(enrolment__trainee__user=user)
    return {
        "certificates": list(rows.values("number", "words", "state", "issued_at", "ended_at", "ended_why"))
    }


def keeps(user: User) -> list[str]:
    """Return what stays: the number, so that whoever was shown the paper learns that its name was deleted."""
    if not Certificate.objects.filter(enrolment__trainee__user=user).exists():
        return []
    return [_("Your certificates stay by their number, without your name; they prove nothing any more.")]


def erase(*, user: User, at: datetime) -> None:
    """Take the name out of the words."""
    for certificate in Certificate.objects.filter(enrolment__trainee__user=user):
        certificate.words = {**certificate.words, "name": ""}
        if certificate.state == Certificate.State.REPLACED:
            certificate.ended_why = ""  # says what was wrong with the name
        certificate.save(update_fields=["words", "ended_why"])
