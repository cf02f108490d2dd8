"""What an account speaks with, kept for all processes until shortly before it expires.

The stable token (/cgi-bin/stable_token) is the same for all who ask while it holds, so two processes that
ask at once do no harm; only a forced one replaces it, and WeChat allows twenty of those a day.
"""

from datetime import datetime, timedelta
from typing import Final

from lib.sealing import CannotOpen, sealed
from news.wechat.calling import call
from news.wechat.models import SECRETS, WechatAccount, WechatToken

MARGIN: Final = timedelta(minutes=5)  # WeChat takes old and new together for so long
EXPIRED: Final = {40001, 40014, 42001}

_ACCESS, _TICKET = WechatToken.Kind.ACCESS, WechatToken.Kind.TICKET


def access_token(*, account: WechatAccount, at: datetime, refused: str = "") -> str:
    """Return a token for calls; `refused` is one that WeChat just called expired, though we thought it good.

    Raises:
        WechatDown, WechatRefused: WeChat gave none.
        CannotOpen: the account's secret has to be typed in again.
    """
    kept = kept_token(account=account, kind=_ACCESS, at=at)
    if kept and kept != refused:
        return kept
    value, seconds = _ask(account, force=False)
    if value == refused:
        value, seconds = _ask(account, force=True)
    _keep(account, _ACCESS, value, expires_at=at + timedelta(seconds=seconds))
    return value


def ask_ticket(*, account: WechatAccount, token: str, at: datetime) -> str:
    """Get a ticket for sharing from WeChat, and keep it.

    Raises:
        WechatDown, WechatRefused: WeChat gave none.
    """
    answer = call("/cgi-bin/ticket/getticket", token=token, query={"type": "jsapi"})
    expires_at = at + timedelta(seconds=int(answer["expires_in"]))
    _keep(account, _TICKET, str(answer["ticket"]), expires_at=expires_at)
    return str(answer["ticket"])


def kept_token(*, account: WechatAccount, kind: WechatToken.Kind, at: datetime) -> str:
    """Return what is kept and holds a while longer, "" for nothing. 1 query."""
    token = WechatToken.objects.filter(account=account, kind=kind, expires_at__gt=at + MARGIN).first()
    try:
        return token.value if token else ""
    except CannotOpen:  # the site's secret key has changed: ask for a new one
        return ""


def _ask(account: WechatAccount, *, force: bool) -> tuple[str, int]:
    asked = {
        "grant_type": "client_credential",
        "appid": account.app_id,
        "secret": account.secret,
        "force_refresh": force,
    }
    answer = call("/cgi-bin/stable_token", send=asked)
    return str(answer["access_token"]), int(answer["expires_in"])


def _keep(account: WechatAccount, kind: WechatToken.Kind, value: str, *, expires_at: datetime) -> None:
    facts = {"sealed_value": sealed(value, purpose=SECRETS), "expires_at": expires_at}
    WechatToken.objects.update_or_create(account=account, kind=kind, defaults=facts)
