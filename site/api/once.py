"""Writing once: the same call under the same key has one effect, however often it is sent.

The row of the call is written first and in the same transaction as the effect. A second call with its key
waits there for the first, which the unique constraint sees to, and then gets its answer. A refused call
had no effect and leaves no row: it may be tried again when its reason is gone.
"""

import hashlib
import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja import Schema

from api.gate import token_of
from api.models import ApiCall
from api.problems import Problem

HEADER = "Idempotency-Key"
REPLAYED = "Idempotent-Replayed"
KEPT = timedelta(days=30)
_KEY = re.compile(r'"?([!#-~]{1,80})"?', re.ASCII)

Act = Callable[[], tuple[int, Schema]]


def once(request: HttpRequest, act: Act) -> HttpResponse:
    """Do `act` unless it was done under this key, and answer what it answered.

    Raises:
        Problem: no key, or one that stood for another call.
    """
    key, digest = _key(request), _digest(request)
    with transaction.atomic():
        call = _begin(request, key, digest, at=timezone.now())
        if call is None:
            return _again(request, key, digest)
        status, answer = act()
        call.status = status
        call.answer = json.dumps(answer.model_dump(mode="json"), ensure_ascii=False)
        call.save(update_fields=["status", "answer"])
    return _response(call)


def forget_calls(*, at: datetime) -> int:
    """Delete calls nobody repeats any more and return how many."""
    count, _by_model = ApiCall.objects.filter(created_at__lt=at - KEPT).delete()
    return count


def _begin(request: HttpRequest, key: str, digest: str, *, at: datetime) -> ApiCall | None:
    """Return the row of this call, or None when there is one with its key."""
    try:
        with transaction.atomic():
            return ApiCall.objects.create(token=token_of(request), key=key, digest=digest, created_at=at)
    except IntegrityError:
        return None


def _again(request: HttpRequest, key: str, digest: str) -> HttpResponse:
    call = ApiCall.objects.get(token=token_of(request), key=key)
    if call.digest != digest:
        raise Problem(
            422, "key_used_before", _("This Idempotency-Key was used for another request. Take a new one.")
        )
    response = _response(call)
    response[REPLAYED] = "true"
    return response


def _response(call: ApiCall) -> HttpResponse:
    return HttpResponse(
        call.answer,
        status=call.status,
        content_type="application/json; charset=utf-8",
        headers={"Cache-Control": "no-store"},
    )


def _key(request: HttpRequest) -> str:
    match = _KEY.fullmatch(request.headers.get(HEADER, "").strip())
    if not match:
        raise Problem(
            400,
            "key_missing",
            _("Send an Idempotency-Key of up to 80 characters, so that a repeated request has one effect."),
        )
    return match[1]


def _digest(request: HttpRequest) -> str:
    head = f"{request.method} {request.path}\n".encode()
    return hashlib.sha256(head + request.body).hexdigest()
