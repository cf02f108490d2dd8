"""`POST /cameras/<id>/snapshot/`: a camera sends its picture."""

from io import BytesIO

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from lib.pictures import NotAPicture
from telemetry.cameras.snapshots import SHORTEST_INTERVAL, TooSoon, receive_snapshot
from telemetry.cameras.tokens import WrongToken, camera_with_token


@csrf_exempt
@require_http_methods(["POST", "PUT"])
def snapshot(request: HttpRequest, camera_id: str) -> HttpResponse:
    """Take the picture in the body, or in the field `picture` of a form. 201 when it is kept."""
    try:
        camera = camera_with_token(camera_id=camera_id, token=_token(request))
        taken = receive_snapshot(camera=camera, file=_file(request), at=timezone.now())
    except WrongToken:
        return _problem(_("No camera has this id and token."), status=401, **{"WWW-Authenticate": "Bearer"})
    except TooSoon:
        wait = str(int(SHORTEST_INTERVAL.total_seconds()))
        return _problem(_("The last picture is only seconds old."), status=429, **{"Retry-After": wait})
    except RequestDataTooBig:
        return _problem(_("The picture is too large."), status=413)
    except NotAPicture as error:
        return _problem(str(error), status=415)
    return JsonResponse({"camera": camera.camera_id, "taken_at": taken.taken_at.isoformat()}, status=201)


def _token(request: HttpRequest) -> str:
    kind, _space, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


def _file(request: HttpRequest) -> BytesIO:
    if request.content_type == "multipart/form-data":
        sent = request.FILES.get("picture")
        return BytesIO(sent.read() if isinstance(sent, UploadedFile) else b"")
    return BytesIO(request.body)


def _problem(detail: str, *, status: int, **headers: str) -> HttpResponse:
    """Answer as RFC 9457 says."""
    body = {"title": detail, "status": status}
    return JsonResponse(
        body,
        status=status,
        headers=headers,
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
    )
