"""Readings handed in over HTTP by devices, in any shape the broker takes."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja import Router

from api.gate import DeviceBasic, DeviceBearer
from api.problems import Problem
from api.schemas.bases import TakenOut
from api.schemas.problem import PROBLEMS, ProblemOut
from telemetry.ingest.http import take_message
from telemetry.ingest.payloads import LARGEST, UnreadablePayload

router = Router(tags=["readings"])


@router.post(
    "",
    auth=[DeviceBasic(), DeviceBearer()],
    response={200: TakenOut, PROBLEMS: ProblemOut},
    url_name="post-readings",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {"example": {"ts": 1763604000000, "values": {"pm25": 12.1}}},
                "text/plain": {"example": "##0101QN=…;ST=22;CN=2011;…CP=&&DataTime=…&&1C80"},
            },
        }
    },
)
def post_readings(request: HttpRequest, response: HttpResponse) -> TakenOut:
    """Hand in readings: ThingsBoard, DTU, properties, gateway or HJ 212. 200 means they are in the database.

    The same message again changes nothing, so a lost answer is met by sending it again.
    """
    if int(request.headers.get("Content-Length") or 0) > LARGEST:
        raise Problem(413, "too_large", _("The message is too large. Send it in parts."))
    device_id: str = request.auth  # type: ignore[attr-defined]
    try:
        taken = take_message(device_id=device_id, payload=request.body, received_at=timezone.now())
    except UnreadablePayload as error:
        detail = _("Nothing of the message can be read. It is kept for whoever looks after the device.")
        raise Problem(422, "unreadable", detail, errors=[str(error)]) from error
    response["Cache-Control"] = "no-store"
    return TakenOut(**taken._asdict())
