"""The views of EPCIS: `/epcis/events` answers queries, `/epcis/capture` takes what partners hand in."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from record.epcis.access import BadToken, Reader, reader_of
from record.epcis.answering import answer
from record.epcis.answers import JSON, JSON_LD, media_type, problem, speaks_epcis
from record.epcis.capture import capture
from record.epcis.documents import MOST_BYTES, MOST_EVENTS, BadDocument, TooMany
from record.epcis.events import CONTEXT, iso
from record.epcis.parameters import read_question
from record.models import CaptureJob

_JOBS_SHOWN = 30


@speaks_epcis("GET", "HEAD")
def events(request: HttpRequest) -> HttpResponse:
    """Answer a query: lots for everybody, single packages for the token of their member."""
    kind = media_type(request)
    page = answer(read_question(request.GET), reader=reader_of(request))
    document = {
        "@context": CONTEXT,
        "type": "EPCISQueryDocument",
        "schemaVersion": "2.0",
        "creationDate": iso(timezone.now()),
        "epcisBody": {
            "queryResults": {"queryName": "SimpleEventQuery", "resultsBody": {"eventList": page.events}}
        },
    }
    response = JsonResponse(document, content_type=kind, json_dumps_params={"ensure_ascii": False})
    if page.next_token:
        query = request.GET.copy()
        query["nextPageToken"] = page.next_token
        response["Link"] = f'<{settings.PUBLIC_BASE_URL}{request.path}?{query.urlencode()}>; rel="next"'
    return response


@csrf_exempt  # programs with a token have no cookie to forge
@speaks_epcis("GET", "POST")
def captures(request: HttpRequest) -> HttpResponse:
    """Take a document of events, or list the newest documents of the same member."""
    reader = _insider(request)
    if request.method == "GET":
        jobs = CaptureJob.objects.filter(member=reader.member)[:_JOBS_SHOWN]
        return JsonResponse([_job(job) for job in jobs], safe=False)
    return _refusal(request) or _captured(request, reader)


@speaks_epcis("GET", "HEAD")
def capture_job(request: HttpRequest, job: UUID) -> HttpResponse:
    """Tell what became of a document."""
    found = CaptureJob.objects.filter(pk=job, member=_insider(request).member).first()
    if found is None:
        return problem("NoSuchResourceException", "There is no such capture", 404)
    return JsonResponse(_job(found))


def _refusal(request: HttpRequest) -> HttpResponse | None:
    """Return why the document is not even read, or None."""
    if request.content_type not in {JSON, JSON_LD}:
        return problem(
            "UnsupportedMediaTypeException", "Only JSON is taken", 415, f"send {JSON_LD} or {JSON}"
        )
    if _behaviour(request) not in CaptureJob.Behaviour.values:
        return problem("ValidationException", "GS1-Capture-Error-Behaviour is rollback or proceed", 400)
    return _too_large() if len(request.body) > MOST_BYTES else None


def _captured(request: HttpRequest, reader: Reader) -> HttpResponse:
    try:
        job = capture(
            text=request.body,
            behaviour=_behaviour(request),
            member=reader.member,
            program=reader.token.name if reader.token else "",
            at=timezone.now(),
        )
    except BadDocument as error:
        return problem("ValidationException", "This is no EPCIS document", 400, str(error))
    except TooMany:
        return _too_large()
    response = HttpResponse(status=202)
    response["Location"] = f"{settings.PUBLIC_BASE_URL}{reverse('epcis-capture', args=[job.pk])}"
    return response


def _behaviour(request: HttpRequest) -> str:
    return request.headers.get("GS1-Capture-Error-Behaviour", CaptureJob.Behaviour.ROLLBACK)


def _insider(request: HttpRequest) -> Reader:
    """Return the program that asks.

    Raises:
        BadToken: it shows no token.
    """
    reader = reader_of(request)
    if reader.token is None:
        raise BadToken
    return reader


def _job(job: CaptureJob) -> dict[str, Any]:
    return {
        "captureID": str(job.pk),
        "createdAt": iso(job.created_at),
        "finishedAt": iso(job.finished_at),
        "running": False,
        "success": job.success,
        "captureErrorBehaviour": job.behaviour,
        "errors": job.errors,
    }


def _too_large() -> HttpResponse:
    detail = f"at most {MOST_EVENTS} events and {MOST_BYTES} bytes are taken at once"
    return problem("CaptureLimitExceededException", "Too much at once", 413, detail)
