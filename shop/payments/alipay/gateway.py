"""Alipay on the SDK `python-alipay-sdk`: https://opendocs.alipay.com/open/270/105898"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shop.payments.alipay import reading
from shop.payments.alipay.account import Unknown, call, client, is_set_up
from shop.payments.gateways import Answer, Gateway, Purchase, State, Step, Told, Visitor
from shop.payments.models import Payment, Repayment

_METHODS = {
    "page": ("alipay.trade.page.pay", "FAST_INSTANT_TRADE_PAY"),
    "wap": ("alipay.trade.wap.pay", "QUICK_WAP_WAY"),
}


class AlipayGateway(Gateway):
    """Alipay's own page. WeChat's browser does not let it open: there the page says how to get out."""

    code = "alipay"
    label = _("Alipay")

    def ready(self) -> bool:
        """Tell whether the merchant is set up."""
        return is_set_up()

    def offered(self, purchase: Purchase) -> bool:
        """Pay anything but trade on account."""
        return not purchase.trade

    def form(self, visitor: Visitor) -> str:
        """Return the form for this visitor's device."""
        return "wap" if visitor.on_phone else "page"

    def begin(self, payment: Payment, visitor: Visitor) -> dict[str, Any]:
        """Sign the address of Alipay's page; Alipay hears of it when the buyer opens it."""
        method, product = _METHODS[payment.form]
        asked = {
            "subject": f"{settings.OSCAR_SHOP_NAME} {payment.due.order.number}",
            "out_trade_no": payment.number,
            "total_amount": str(payment.amount),
            "product_code": product,
        }
        if payment.expires_at:
            asked["time_expire"] = timezone.localtime(payment.expires_at).strftime("%Y-%m-%d %H:%M:%S")
        signed = client().client_api(
            method, biz_content=asked, return_url=visitor.back_url, notify_url=_notify_url()
        )
        return {"url": f"{settings.ALIPAY['url']}?{signed}"}

    def step(self, payment: Payment, visitor: Visitor) -> Step:
        """Lead to Alipay's page, or out of WeChat's browser first."""
        return Step("outside" if visitor.in_wechat else "leave", dict(payment.given), self.label)

    def ask(self, payment: Payment) -> Answer:
        """Ask what became of a payment."""
        try:
            return reading.answer_of(call("alipay.trade.query", {"out_trade_no": payment.number}))
        except Unknown:
            return Answer(State.UNKNOWN)

    def close(self, payment: Payment) -> None:
        """Close it; what Alipay never heard of ends by `time_expire`."""
        try:
            call("alipay.trade.close", {"out_trade_no": payment.number})
        except Unknown:
            return

    def give_back(self, repayment: Repayment) -> Answer:
        """Ask for a refund; the same number again is the same refund.

        `fund_change` says whether money moved this time: "N" is asked about later.
        """
        answer = call(
            "alipay.trade.refund",
            {
                "out_trade_no": repayment.payment.number,
                "out_request_no": repayment.number,
                "refund_amount": str(repayment.amount),
                "refund_reason": str(repayment.refund.reason)[:80],
            },
        )
        done = answer.get("fund_change") == "Y"
        return Answer(State.DONE if done else State.OPEN, answer.get("trade_no", ""))

    def ask_back(self, repayment: Repayment) -> Answer:
        """Ask what became of a refund; without a status Alipay has none of this number."""
        asked = {"out_trade_no": repayment.payment.number, "out_request_no": repayment.number}
        try:
            answer = call("alipay.trade.fastpay.refund.query", asked)
        except Unknown:
            return Answer(State.UNKNOWN)
        if answer.get("refund_status") == "REFUND_SUCCESS":
            return Answer(State.DONE, answer.get("trade_no", ""))
        return Answer(State.UNKNOWN if not answer.get("refund_status") else State.OPEN)

    def read(self, headers: Mapping[str, str], body: bytes, at: datetime) -> Told:
        """Read a notification."""
        return reading.read(body, at)


def _notify_url() -> str:
    return f"{settings.PUBLIC_BASE_URL}{reverse('payment-notify', args=['alipay'])}"
