"""Tokens whose text is known."""

from typing import Any

from django.utils import timezone

from api.models import ApiToken, Scope
from api.tokens import make_token
from brand.models import Member
from tests.factories.brand import MemberFactory


def token(*scopes: str, member: Member | None = None) -> tuple[ApiToken, str]:
    """Return a token and its text; for everything unless scopes are named."""
    return make_token(
        member=member or MemberFactory(),
        name="包装车间 ERP",
        scopes=scopes or Scope.values,
        at=timezone.now(),
    )


def headers(text: str, *, key: str = "", language: str = "") -> dict[str, Any]:
    """Return the headers a member's program sends."""
    found = {"Authorization": f"Bearer {text}"}
    found |= {"Idempotency-Key": key} if key else {}
    return found | ({"Accept-Language": language} if language else {})
