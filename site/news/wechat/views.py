"""The signature that a page shared inside WeChat asks for."""

from urllib.parse import urlsplit

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lib.guessing import Guesses
from news.wechat.models import WechatAccount
from news.wechat.sharing import NoTicket, signature

LONGEST = 1000  # characters of an address
_ASKED = Guesses("news.wechat.sharing", allowed=120, window=600)  # a village hall reads behind one address


@never_cache
@require_safe
def share(request: HttpRequest) -> JsonResponse:
    """Sign an address of this site, for this county's account. Anything else is refused."""
    now = timezone.now()
    mark = _ASKED.mark(request.META.get("REMOTE_ADDR", ""), at=timezone.localtime(now))
    if _ASKED.used_up(mark):
        return _no(429)
    _ASKED.note(mark)
    url = request.GET.get("url", "")
    if not _is_ours(url, request):
        return _no(400)
    account = WechatAccount.objects.filter(
        region=getattr(request, "region", None), signs_sharing=True
    ).first()
    if account is None:
        return _no(404)
    try:
        return JsonResponse(signature(account=account, url=url, at=now).as_json())
    except NoTicket:
        return _no(503)


def _is_ours(url: str, request: HttpRequest) -> bool:
    """Tell whether an address is a page at the host that was asked: we sign for nobody else."""
    if len(url) > LONGEST:
        return False
    try:
        parts = urlsplit(url)
        host = parts.netloc
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and host == request.get_host()


def _no(status: int) -> JsonResponse:
    return JsonResponse({}, status=status)
