"""The API: its routers, its answers when something is wrong, and its description."""

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.renderers import JSONRenderer

from api.endpoints import bases, batches, codes, events, licences, readings
from api.problems import Problem, problem_response
from api.rules import field_error

api = NinjaAPI(
    title="Fengtu 风土",
    version="1",
    description=(
        "Batches, bases and readings are read by everybody; a code or a licence answers to its exact"
        " number. Programs of members write with a token made in the back office, and with an"
        " Idempotency-Key: the same call under the same key has one effect. Devices hand in readings with"
        " their own password. Errors are problem details (RFC 9457) in the language of Accept-Language,"
        " Chinese or English. Lists name their next page in `next` and in a Link header."
    ),
    docs_url=None,
    urls_namespace="api",
    renderer=JSONRenderer(),
)
JSONRenderer.json_dumps_params = {"ensure_ascii": False}

api.add_router("/batches", batches.router)
api.add_router("/batches", events.router)
api.add_router("/batches", codes.activations)
api.add_router("/bases", bases.router)
api.add_router("/metrics", bases.metrics)
api.add_router("/readings", readings.router)
api.add_router("/codes", codes.router)
api.add_router("/licences", licences.router)


@api.exception_handler(Problem)
def on_problem(request: HttpRequest, error: Problem) -> HttpResponse:
    """Answer with the problem."""
    return problem_response(error)


@api.exception_handler(AuthenticationError)
def on_stranger(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """Ask who it is."""
    device = request.path.endswith("/readings")
    scheme = 'Basic realm="device", charset="UTF-8"' if device else 'Bearer realm="fengtu"'
    detail = (
        _("Sign in with the device's id and password.")
        if device
        else _("Send a token that is valid: Authorization: Bearer …")
    )
    return problem_response(Problem(401, "not_signed_in", detail, headers={"WWW-Authenticate": scheme}))


@api.exception_handler(ValidationError)
def on_invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Say which fields are wrong, by where they stand."""
    errors = [field_error(entry) for entry in error.errors[:50]]
    return problem_response(Problem(422, "invalid", _("The request is not as described."), errors=errors))


@api.exception_handler(HttpError)
def on_http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Answer what the framework refuses: a body that is no JSON."""
    return problem_response(Problem(error.status_code, "unreadable", _("The request cannot be read.")))


@api.exception_handler(RequestDataTooBig)
def on_too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    """Answer a body that is too large."""
    return problem_response(Problem(413, "too_large", _("The message is too large. Send it in parts.")))


@api.exception_handler(OperationalError)
@api.exception_handler(InterfaceError)
def on_outage(request: HttpRequest, error: Exception) -> HttpResponse:
    """Answer while the database is away: nothing was written, try again."""
    detail = _("The service is interrupted. Nothing was written; try again in a minute.")
    return problem_response(Problem(503, "interrupted", detail, headers={"Retry-After": "60"}))
