"""What tells machines how we are: alive, ready, and in figures."""

from collections.abc import Callable
from ipaddress import ip_address

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, JsonResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest


def healthz(request: HttpRequest) -> HttpResponse:
    """Answer that this process serves."""
    return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})


def readyz(request: HttpRequest) -> JsonResponse:
    """Answer whether each part we depend on answers; 503 when one does not."""
    states = {name: _state(check) for name, check in _CHECKS.items()}
    ready = all(state in ("ok", "embedded") for state in states.values())
    return JsonResponse(states, status=200 if ready else 503, headers={"Cache-Control": "no-store"})


def metrics(request: HttpRequest) -> HttpResponse:
    """Give Prometheus this process's figures. Internal addresses only; nginx does not route it."""
    if not ip_address(request.META["REMOTE_ADDR"]).is_private or "HTTP_X_FORWARDED_FOR" in request.META:
        return HttpResponseForbidden("internal addresses only\n", content_type="text/plain")
    return HttpResponse(
        generate_latest(), content_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"}
    )


def _state(check: Callable[[], str]) -> str:
    try:
        return check()
    except (DatabaseError, redis.RedisError, OSError) as error:
        return f"{type(error).__name__}"


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def _redis() -> str:
    if not settings.REDIS_URL:
        return "embedded"
    with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1) as client:
        client.ping()
    return "ok"


_CHECKS = {"database": _database, "redis": _redis}
