"""`/shop/tracking/push/`: where the tracking service delivers its news."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from shop.tracking.hearing import BadSignature, take_push
from shop.tracking.reports import Unreadable

LARGEST_BODY = 200_000  # bytes


@csrf_exempt  # signed by the service; there is no browser and no session
@require_POST
@never_cache
def push(request: HttpRequest) -> HttpResponse:
    """Take one message; what the service hears decides whether it sends it again."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
        return _said("413", "too large", status=413)
    body, sign = request.POST.get("param", ""), request.POST.get("sign", "")
    try:
        take_push(body=body, sign=sign, source=request.META.get("REMOTE_ADDR", ""), at=timezone.now())
    except BadSignature:
        return _said("401", "bad signature", status=401)
    except Unreadable:
        return _said("400", "unreadable", status=400)
    return _said("200", "成功")


def _said(code: str, message: str, *, status: int = 200) -> HttpResponse:
    body = {"result": status == 200, "returnCode": code, "message": message}
    return JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
