"""`/trace/sms/`: where the gateway delivers text messages."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from record.sms.enquiries import answer_enquiry
from record.sms.relay import NAME, BadSignature, Relay, UnreadableMessage

LARGEST_BODY = 8_192  # bytes


@csrf_exempt  # signed by the relay; there is no browser and no session
@require_POST
@never_cache
def inbound(request: HttpRequest) -> HttpResponse:
    """Answer one text message. Without SMS_INBOUND_SECRET there is no such page."""
    if not settings.SMS_INBOUND_SECRET:
        raise Http404
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
        return JsonResponse({"error": "too large"}, status=413)
    now = timezone.now()
    try:
        relay = Relay(settings.SMS_INBOUND_SECRET)
        message = relay.receive(headers=request.headers, body=request.body, at=now)
    except BadSignature as error:
        return JsonResponse({"error": f"bad {error}"}, status=401)
    except UnreadableMessage as error:
        return JsonResponse({"error": str(error)[:200]}, status=400)
    enquiry = answer_enquiry(
        gateway=NAME, message_id=message.id, sender=message.sender, text=message.text, at=now
    )
    return JsonResponse(
        {"to": message.sender, "text": enquiry.answer}, json_dumps_params={"ensure_ascii": False}
    )
