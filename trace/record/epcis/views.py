"""The views of EPCIS: `/epcis/events` answers queries, `/epcis/capture` takes what partners hand in."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from record.epcis.access import reader_of
from record.epcis.answering import answer
from record.epcis.answers import media_type, speaks_epcis
from record.epcis.events import CONTEXT, iso
from record.epcis.parameters import read_question


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
