"""Alipay's gateway as its documents describe it: RSA2 over sorted parameters, signed answers."""

import json
from base64 import b64decode, b64encode
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit
from zoneinfo import ZoneInfo

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256

from tests.gateways.keys import KeyPair
from tests.gateways.server import Asked, Reply, Server

APP, SELLER = "2021000000000001", "2088000000000009"
_CHINA = ZoneInfo("Asia/Shanghai")


def _joined(words: dict[str, str]) -> bytes:
    return "&".join(f"{name}={words[name]}" for name in sorted(words)).encode()


class Alipay:
    """Its trades by our numbers, and the server that answers for them."""

    def __init__(self, app: KeyPair, platform: KeyPair) -> None:
        self._app, self._platform = app.private.public_key(), platform.private
        self.trades: dict[str, dict[str, Any]] = {}
        self.refunds: dict[str, dict[str, str]] = {}
        self.server = Server(self._answer)

    def opened(self, url: str) -> dict[str, Any]:
        """Let a buyer open the address of the payment page; return what it asked for."""
        words = self._ours(urlsplit(url).query)
        asked: dict[str, Any] = json.loads(words["biz_content"]) | {"method": words["method"]}
        self.trades[asked["out_trade_no"]] = {
            "out_trade_no": asked["out_trade_no"], "trade_no": f"20261123{asked['out_trade_no'][-16:]}",
            "trade_status": "WAIT_BUYER_PAY", "total_amount": asked["total_amount"],
        }  # fmt: skip
        return asked

    def pay(self, number: str) -> dict[str, Any]:
        """Let the buyer pay."""
        self.trades[number] |= {"trade_status": "TRADE_SUCCESS", "send_pay_date": "2026-11-23 20:00:00"}
        return self.trades[number]

    def notification(self, number: str, *, age: timedelta = timedelta(), **changed: str) -> bytes:
        """Return the body of a notification about a trade; what is changed is signed along."""
        sent_at = datetime.now(_CHINA) - age
        words = {
            "notify_time": f"{sent_at:%Y-%m-%d %H:%M:%S}", "notify_type": "trade_status_sync",
            "notify_id": "2026112300222", "app_id": APP, "seller_id": SELLER, "charset": "utf-8",
            "version": "1.0", "subject": "风土 订单", "gmt_payment": "2026-11-23 20:00:00",
            **{key: str(value) for key, value in self.trades[number].items() if key != "send_pay_date"},
            **changed,
        }  # fmt: skip
        signature = self._platform.sign(_joined(words), PKCS1v15(), SHA256())
        return urlencode(words | {"sign_type": "RSA2", "sign": b64encode(signature).decode()}).encode()

    def _ours(self, query: str) -> dict[str, str]:
        """Check the signature of the app over the sorted parameters."""
        words = dict(parse_qsl(query))
        signature = b64decode(words.pop("sign"))
        self._app.verify(signature, _joined(words), PKCS1v15(), SHA256())
        return words

    def _answer(self, asked: Asked) -> Reply:
        try:
            words = self._ours(urlsplit(asked.path).query)
        except InvalidSignature:
            return Reply(200, json.dumps({"error_response": {"code": "40002"}}).encode())
        verb = {
            "alipay.trade.query": self._tell,
            "alipay.trade.close": self._close,
            "alipay.trade.refund": self._refund,
            "alipay.trade.fastpay.refund.query": self._tell_refund,
        }[words["method"]]
        said = json.dumps(verb(json.loads(words["biz_content"])), ensure_ascii=False, separators=(",", ":"))
        signature = b64encode(self._platform.sign(said.encode(), PKCS1v15(), SHA256())).decode()
        name = words["method"].replace(".", "_") + "_response"
        return Reply(200, f'{{"{name}":{said},"sign":"{signature}"}}'.encode())

    def _tell(self, asked: dict[str, str]) -> dict[str, Any]:
        if asked["out_trade_no"] not in self.trades:
            return {"code": "40004", "msg": "Business Failed", "sub_code": "ACQ.TRADE_NOT_EXIST"}
        return {"code": "10000", "msg": "Success", **self.trades[asked["out_trade_no"]]}

    def _close(self, asked: dict[str, str]) -> dict[str, Any]:
        trade = self.trades.get(asked["out_trade_no"])
        if trade is None:
            return {"code": "40004", "msg": "Business Failed", "sub_code": "ACQ.TRADE_NOT_EXIST"}
        if trade["trade_status"] == "TRADE_SUCCESS":
            return {"code": "40004", "sub_code": "ACQ.TRADE_STATUS_ERROR", "sub_msg": "交易状态不合法"}
        trade["trade_status"] = "TRADE_CLOSED"
        return {"code": "10000", "msg": "Success", "out_trade_no": asked["out_trade_no"]}

    def _refund(self, asked: dict[str, str]) -> dict[str, Any]:
        known = asked["out_request_no"] in self.refunds
        self.refunds[asked["out_request_no"]] = asked
        trade = self.trades[asked["out_trade_no"]]
        return {
            "code": "10000", "msg": "Success", "fund_change": "N" if known else "Y",
            "trade_no": trade["trade_no"], "refund_fee": asked["refund_amount"],
        }  # fmt: skip

    def _tell_refund(self, asked: dict[str, str]) -> dict[str, Any]:
        done = {"refund_status": "REFUND_SUCCESS"} if asked["out_request_no"] in self.refunds else {}
        return {"code": "10000", "msg": "Success", "trade_no": "1", **done}
