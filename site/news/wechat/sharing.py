"""Cards of posts shared inside WeChat: the page asks WeChat's script to set them, for which it must sign.

Source: developers.weixin.qq.com, JS-SDK, appendix 1: SHA-1 over ticket, nonce, time and the page's address up
to its `#`. Tickets are asked for by the worker; a visitor's request asks nobody.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Final

from django.core.cache import cache

from news.wechat.models import WechatAccount, WechatToken
from news.wechat.speaking import Speaker
from news.wechat.tokens import kept_token

RENEWED_BEFORE: Final = timedelta(minutes=20)  # before the ticket ends; the worker looks every five minutes
_KEPT: Final = 300  # seconds a signature is used for all who open the same address


class NoTicket(LookupError):
    """There is none now; the worker is getting one, or WeChat refuses."""


@dataclass(frozen=True, slots=True)
class Signature:
    """What `wx.config` is called with."""

    app_id: str
    timestamp: int
    nonce: str
    signature: str

    def as_json(self) -> dict[str, str | int]:
        """Return it with the names of WeChat's script."""
        return {
            "appId": self.app_id,
            "timestamp": self.timestamp,
            "nonceStr": self.nonce,
            "signature": self.signature,
        }


def signature(*, account: WechatAccount, url: str, at: datetime) -> Signature:
    """Return the signature of a page, the same for five minutes. 1 query, or none.

    Raises:
        NoTicket: WeChat gave none yet.
    """
    address = url.partition("#")[0]
    key = f"wechat.share.{account.app_id}.{hashlib.sha256(address.encode()).hexdigest()[:32]}"
    if found := cache.get(key):
        return Signature(**found)
    ticket = kept_token(account=account, kind=WechatToken.Kind.TICKET, at=at)
    if not ticket:
        raise NoTicket(account.app_id)
    made = signed(app_id=account.app_id, ticket=ticket, url=address, nonce=token_hex(8), at=at)
    told = {"app_id": made.app_id, "timestamp": made.timestamp, "nonce": made.nonce}
    cache.set(key, told | {"signature": made.signature}, _KEPT)
    return made


def signed(*, app_id: str, ticket: str, url: str, nonce: str, at: datetime) -> Signature:
    """Sign the address of a page."""
    seconds = int(at.timestamp())
    told = f"jsapi_ticket={ticket}&noncestr={nonce}&timestamp={seconds}&url={url}"
    digest = hashlib.sha1(told.encode()).hexdigest()  # noqa: S324 - WeChat's choice
    return Signature(app_id, seconds, nonce, digest)


def renew(*, account: WechatAccount, at: datetime) -> None:
    """Get a ticket where none is kept that holds until the next look.

    Raises:
        WechatDown, WechatRefused, CannotOpen: WeChat gave none.
    """
    if not kept_token(account=account, kind=WechatToken.Kind.TICKET, at=at + RENEWED_BEFORE):
        Speaker(account, at=at).ticket()
