"""What every EPCIS answer carries: versions, CORS, and problems as RFC 7807 with the standard's names."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_vary_headers

from record.epcis.access import BadToken
from record.epcis.answering import NeedsToken
from record.epcis.parameters import BadParameter

JSON_LD, JSON = "application/ld+json", "application/json"
VERSIONS = {
    "GS1-EPCIS-Version": "2.0.0",
    "GS1-CBV-Version": "2.0.0",
    "GS1-EPC-Format": "Always_GS1_Digital_Link",
}
View = Callable[..., HttpResponse]


class NotAcceptable(Exception):
    """The client wants another format or another version."""


def problem(name: str, title: str, status: int, detail: str = "") -> HttpResponse:
    """Return an error as `application/problem+json`; `name` is the EPCIS exception."""
    facts = {"type": f"epcisException:{name}", "title": title, "status": status}
    if detail:
        facts["detail"] = detail
    return JsonResponse(
        facts,
        status=status,
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
    )


def speaks_epcis(*methods: str) -> Callable[[View], View]:
    """Let `methods` and OPTIONS in; turn what the domain raises into problems; add versions and CORS."""
    allowed = ", ".join((*methods, "OPTIONS"))

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "OPTIONS":
                response = HttpResponse(status=204)
            elif request.method not in methods:
                response = problem("ImplementationException", "Method not allowed", 405)
            else:
                response = _answered(view, request, *args, **kwargs)
            return _with_headers(response, allowed)

        return wrapped

    return decorate


def check_version(request: HttpRequest) -> None:
    """Refuse a client that insists on another version.

    Raises:
        NotAcceptable: it does.
    """
    asked = request.headers.get("GS1-EPCIS-Version", "2.0.0")
    if not asked.startswith("2.0"):
        raise NotAcceptable(f"GS1-EPCIS-Version {asked} is not spoken here, 2.0.0 is")


def media_type(request: HttpRequest) -> str:
    """Return the format to answer in.

    Raises:
        NotAcceptable: the client takes neither JSON nor JSON-LD.
    """
    accepted = request.headers.get("Accept", "*/*")
    for offered in (JSON_LD, JSON):
        if offered in accepted:
            return offered
    if "*/*" in accepted or "application/*" in accepted:
        return JSON_LD
    raise NotAcceptable(f"answers are {JSON_LD} or {JSON}")


def _answered(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    try:
        check_version(request)
        return view(request, *args, **kwargs)
    except BadParameter as error:
        return problem("QueryParameterException", "A parameter of the query is wrong", 400, str(error))
    except NotAcceptable as error:
        return problem("NotAcceptableException", "Nothing acceptable", 406, str(error))
    except NeedsToken:
        return _unauthorised("single packages are shown to the token of their member; lots to everybody")
    except BadToken:
        return _unauthorised("the token is unknown, revoked or not for EPCIS")


def _unauthorised(detail: str) -> HttpResponse:
    response = problem("SecurityException", "A token is needed", 401, detail)
    response["WWW-Authenticate"] = 'Bearer realm="epcis"'
    return response


def _with_headers(response: HttpResponse, allowed: str) -> HttpResponse:
    for name, value in VERSIONS.items():
        response[name] = value
    response["Allow"] = response["Access-Control-Allow-Methods"] = allowed
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Headers"] = (
        "Accept, Authorization, Content-Type, GS1-EPCIS-Version, GS1-Capture-Error-Behaviour"
    )
    response["Access-Control-Expose-Headers"] = ", ".join((*VERSIONS, "Link", "Location"))
    # never kept by the page cache: its key knows neither Accept nor who asks
    response["Cache-Control"] = "no-cache, private" if response.status_code == 200 else "no-store"
    patch_vary_headers(response, ["Accept", "Authorization"])
    return response
