"""Who is told: officers on the site, the writer by SMS or e-mail where a contact was left."""

import logging
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.urls import reverse

from accounts.models import User
from lib.phone import InvalidPhone, normalise_phone
from notices.models import Notice
from notices.send import ON_SITE, NotSent, send_notice
from openness.letters.models import Letter

logger = logging.getLogger(__name__)
MAY_ANSWER = "openness.change_letter"


def tell_of_letter(letter: Letter, kind: str, *, at: datetime, key: str = "") -> None:
    """Put a notice about the letter into the inbox of everybody who may answer it, once per `key`."""
    context = {"kind": str(letter.get_kind_display()), "receipt": letter.receipt, "due": letter.due_on}
    url = reverse("openness-letters:desk", args=[letter.pk])
    for person in ModelBackend().with_perm(MAY_ANSWER):
        _send(kind, ON_SITE, context, at, f"{kind}.{letter.pk}.{key}.{person.pk}", user=person, url=url)


def tell_writer(letter: Letter, *, at: datetime) -> None:
    """Tell the writer that there is an answer, once; not what it says, for others may read the message."""
    to = reachable(letter.contact)
    if to:
        link = settings.PUBLIC_BASE_URL + reverse("openness:receipt", args=[letter.receipt])
        _send(
            "letter_answered",
            to,
            {"receipt": letter.receipt, "link": link},
            at,
            _answered(letter.pk),
        )


def forget_messages(letters: Iterable[int]) -> None:
    """Forget what was sent to the writers of these letters: number and address stand in it."""
    Notice.objects.filter(key__in=[_answered(letter) for letter in letters]).delete()


def reachable(contact: str) -> str:
    """Return the contact as a number or an address a notice can go to, "" when it is neither."""
    try:
        validate_email(contact)
    except ValidationError:
        try:
            return normalise_phone(contact)
        except InvalidPhone:
            return ""
    return contact


def _answered(letter: int) -> str:
    return f"letter_answered.{letter}"


def _send(
    kind: str,
    to: str,
    context: dict[str, object],
    at: datetime,
    key: str,
    *,
    user: User | None = None,
    url: str = "",
) -> None:
    try:
        send_notice(kind=kind, to=to, user=user, context=context, at=at, key=key, url=url)
    except NotSent:
        logger.exception("a notice of %s stays unsent; the next run tries again", kind)
