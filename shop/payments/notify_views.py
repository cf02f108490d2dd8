"""Where gateways report; there is no browser, no session and no language."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from shop.payments.gateways import UnknownWay, gateway
from shop.payments.models import Notification
from shop.payments.notifying import LARGEST, notified


@never_cache
@csrf_exempt  # signed by the gateway
@require_POST
def notify(request: HttpRequest, code: str) -> HttpResponse:
    """Take a notification and answer as the gateway wants it."""
    try:
        through = gateway(code)
    except UnknownWay:
        return HttpResponse(status=404)
    if through.by_hand or not through.ready():
        return HttpResponse(status=404)
    if int(request.headers.get("Content-Length") or 0) > LARGEST:
        return HttpResponse(status=413)
    headers = {name.lower(): value for name, value in request.headers.items()}
    kept, status = notified(
        through=through,
        headers=headers,
        body=request.body,
        source=request.META.get("REMOTE_ADDR", ""),
        at=timezone.now(),
    )
    taken = kept.outcome != Notification.Outcome.REFUSED
    content_type, body = through.reply(taken=taken, why=kept.why)
    return HttpResponse(body, content_type=content_type, status=status)
