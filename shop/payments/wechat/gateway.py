"""WeChat Pay v3 on the SDK `wechatpayv3`: https://pay.weixin.qq.com/doc/v3/merchant/"""

import json
import time
from collections.abc import Mapping
from datetime import datetime
from secrets import token_hex
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from lib import qr
from shop.payments.gateways import Answer, Gateway, Purchase, State, Step, Told, Visitor
from shop.payments.models import Payment, Repayment
from shop.payments.wechat import reading
from shop.payments.wechat.account import Unknown, call, client, is_set_up
from shop.payments.wechat.openid import ask_url


class WeChatGateway(Gateway):
    """JSAPI in WeChat's own browser, H5 on other phones, a QR code elsewhere."""

    code = "wechat"
    label = _("WeChat Pay")

    def ready(self) -> bool:
        """Tell whether the merchant is set up."""
        return is_set_up()

    def offered(self, purchase: Purchase) -> bool:
        """Pay anything but trade on account."""
        return not purchase.trade

    def form(self, visitor: Visitor) -> str:
        """Return the form this visitor's browser can use."""
        if visitor.in_wechat:
            return "jsapi"
        return "h5" if visitor.on_phone else "native"

    def waits(self, payment: Payment, visitor: Visitor) -> bool:
        """Tell whether WeChat must first say who pays."""
        return payment.form == "jsapi" and not visitor.openid

    def begin(self, payment: Payment, visitor: Visitor) -> dict[str, Any]:
        """Open the payment at WeChat; what it gives holds for two hours."""
        from wechatpayv3 import WeChatPayType

        kinds = {"jsapi": WeChatPayType.JSAPI, "h5": WeChatPayType.H5, "native": WeChatPayType.NATIVE}
        more: dict[str, Any] = {}
        if payment.form == "jsapi":
            more["payer"] = {"openid": visitor.openid}
        if payment.form == "h5":
            more["scene_info"] = {"payer_client_ip": visitor.ip, "h5_info": {"type": "Wap"}}
        if payment.expires_at:
            more["time_expire"] = timezone.localtime(payment.expires_at).isoformat(timespec="seconds")
        return call(
            client().pay,
            description=f"{settings.OSCAR_SHOP_NAME} {payment.due.order.number}",
            out_trade_no=payment.number,
            amount={"total": _cents(payment), "currency": "CNY"},
            pay_type=kinds[payment.form],
            notify_url=_notify_url(),
            **more,
        )

    def step(self, payment: Payment, visitor: Visitor) -> Step:
        """Return the QR code, the link, or what WeChat's browser is called with."""
        if payment.form == "native":
            return Step("qr", {"svg": _drawn(payment.given["code_url"])}, self.label)
        if payment.form == "h5":
            back = quote(visitor.back_url, safe="")
            return Step("leave", {"url": f"{payment.given['h5_url']}&redirect_url={back}"}, self.label)
        if not payment.given:
            return Step("leave", {"url": ask_url(payment)}, self.label)
        return Step("jsapi", {"call": json.dumps(_call_of(payment.given["prepay_id"]))}, self.label)

    def ask(self, payment: Payment) -> Answer:
        """Ask what became of a payment."""
        try:
            return reading.answer_of(call(client().query, out_trade_no=payment.number))
        except Unknown:
            return Answer(State.UNKNOWN)

    def close(self, payment: Payment) -> None:
        """Close it; what WeChat never heard of is closed."""
        try:
            call(client().close, out_trade_no=payment.number)
        except Unknown:
            return

    def give_back(self, repayment: Repayment) -> Answer:
        """Ask for a refund; the same number again is the same refund."""
        asked = call(
            client().refund,
            out_refund_no=repayment.number,
            out_trade_no=repayment.payment.number,
            amount={
                "refund": int(repayment.amount * 100),
                "total": _cents(repayment.payment),
                "currency": "CNY",
            },
            reason=str(repayment.refund.reason)[:26],  # 80 bytes at most
            notify_url=_notify_url(),
        )
        return reading.answer_of_refund(asked)

    def ask_back(self, repayment: Repayment) -> Answer:
        """Ask what became of a refund."""
        try:
            return reading.answer_of_refund(call(client().query_refund, out_refund_no=repayment.number))
        except Unknown:
            return Answer(State.UNKNOWN)

    def read(self, headers: Mapping[str, str], body: bytes, at: datetime) -> Told:
        """Read a notification."""
        return reading.read(headers, body, at)

    def reply(self, *, taken: bool, why: str = "") -> tuple[str, str]:
        """Answer as WeChat wants it; the reason stays with us."""
        return "application/json", json.dumps({"code": "SUCCESS" if taken else "FAIL"})


def _cents(payment: Payment) -> int:
    return int(payment.amount * 100)


def _notify_url() -> str:
    return f"{settings.PUBLIC_BASE_URL}{reverse('payment-notify', args=['wechat'])}"


def _drawn(code_url: str) -> SafeString:
    """Return the QR code that WeChat's scanner reads."""
    return mark_safe(qr.svg(qr.matrix(code_url), label=str(_("Code to scan with WeChat"))))  # noqa: S308 - ours


def _call_of(prepay_id: str) -> dict[str, str]:
    """Return what WeixinJSBridge is called with."""
    app, stamp, nonce, package = (
        settings.WECHAT_PAY["app_id"], str(int(time.time())), token_hex(16), f"prepay_id={prepay_id}",
    )  # fmt: skip
    return {
        "appId": app,
        "timeStamp": stamp,
        "nonceStr": nonce,
        "package": package,
        "signType": "RSA",
        "paySign": client().sign([app, stamp, nonce, package]),
    }
