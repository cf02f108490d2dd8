"""Tokens: made for a member's program, shown once, checked by hash, revoked at once."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from accounts.models import User
from api.models import ApiToken, Scope
from brand.models import Member

PREFIX = "fengtu_"  # so that a token is known as one wherever it turns up
_BYTES = 32
_HINT = len(PREFIX) + 5


class TokenRefused(ValueError):
    """The token would be of no use: it may do nothing, or something nobody knows."""

    def __init__(self) -> None:
        super().__init__(str(_("Choose what the token may be used for.")))


class AlreadyRevoked(Exception):
    """The token stopped working before."""


def make_token(
    *, member: Member, name: str, scopes: Iterable[str], at: datetime, by: User | None = None
) -> tuple[ApiToken, str]:
    """Return a new token and its text, which is kept nowhere.

    Raises:
        TokenRefused: no scope, or an unknown one.
    """
    chosen = [scope for scope in Scope.values if scope in set(scopes)]
    if not chosen or len(chosen) != len(set(scopes)):
        raise TokenRefused
    text = PREFIX + secrets.token_urlsafe(_BYTES)
    with transaction.atomic():
        token = ApiToken.objects.create(
            member=member,
            name=name,
            hint=text[:_HINT],
            hash=_hash(text),
            scopes=chosen,
            created_at=at,
            created_by=by,
        )
        log(instance=token, action="wagtail.create", user=by)
    return token, text


def revoke_token(*, token: ApiToken, at: datetime, by: User | None = None) -> None:
    """Let the token stop working, for good.

    Raises:
        AlreadyRevoked: somebody was faster.
    """
    with transaction.atomic():
        # compare-and-set: the first time stands
        if not ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=at):
            raise AlreadyRevoked
        log(instance=token, action="wagtail.edit", user=by, data={"revoked": True})


def verify(text: str) -> ApiToken | None:
    """Return the living token with that text, with its member; note the day it was used. One query.

    The text is random (256 bits), so a plain hash hides it, and finding it by its hash gives nothing away
    through time.
    """
    if not text.startswith(PREFIX):
        return None
    living = ApiToken.objects.select_related("member__region").filter(revoked_at=None)
    token = living.filter(hash=_hash(text)).first()
    today = timezone.localdate()
    if token and token.last_used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=today)
    return token


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
