"""WeChat Pay v3 as its documents describe it: requests are checked, answers and notifications signed."""

import json
import re
import time
from base64 import b64decode, b64encode
from datetime import UTC, datetime
from secrets import token_hex
from typing import Any
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256

from tests.gateways.keys import KeyPair
from tests.gateways.server import Asked, Reply, Server

APP, MERCHANT, SERIAL = "wx0123456789abcdef", "1900000109", "5157F09EFDC096DE15EBE81A47057A72"
API_KEY = "0123456789abcdef0123456789ABCDEF"
KEY_ID = "PUB_KEY_ID_0119000001092026112300000000000001"


class WeChat:
    """Its trades and refunds by our numbers, and the server that answers for them."""

    def __init__(self, merchant: KeyPair, platform: KeyPair) -> None:
        self._merchant: RSAPublicKey = merchant.private.public_key()
        self._platform = platform.private
        self.trades: dict[str, dict[str, Any]] = {}
        self.refunds: dict[str, dict[str, Any]] = {}
        self.refund_status = "SUCCESS"
        self.server = Server(self._answer)

    def pay(self, number: str, *, cents: int | None = None) -> dict[str, Any]:
        """Let the buyer pay."""
        trade = self.trades[number]
        trade["amount"]["total"] = cents or trade["amount"]["total"]
        trade |= {
            "trade_state": "SUCCESS",
            "transaction_id": f"42000{number[-20:]}",
            "success_time": "2026-11-23T20:00:00+08:00",
        }
        return trade

    def notification(
        self, resource: dict[str, Any], *, event: str = "TRANSACTION.SUCCESS", age: int = 0,
        serial: str = KEY_ID, key: Any = None,
    ) -> tuple[bytes, dict[str, str]]:  # fmt: skip
        """Return body and headers of a notification about `resource`."""
        nonce, text = token_hex(6), json.dumps(resource, ensure_ascii=False).encode()
        sealed = AESGCM(API_KEY.encode()).encrypt(nonce.encode(), text, b"transaction")
        body = json.dumps(
            {
                "id": "EV-2026112320000012345", "create_time": "2026-11-23T20:00:00+08:00",
                "resource_type": "encrypt-resource", "event_type": event, "summary": "支付成功",
                "resource": {
                    "original_type": "transaction", "algorithm": "AEAD_AES_256_GCM", "nonce": nonce,
                    "associated_data": "transaction", "ciphertext": b64encode(sealed).decode(),
                },
            },
            ensure_ascii=False,
        ).encode()  # fmt: skip
        return body, self._signed(body, age=age, serial=serial, key=key)

    def _signed(self, body: bytes, *, age: int = 0, serial: str = KEY_ID, key: Any = None) -> dict[str, str]:
        stamp, nonce = str(int(time.time()) - age), token_hex(16)
        said = f"{stamp}\n{nonce}\n".encode() + body + b"\n"
        return {
            "Content-Type": "application/json; charset=utf-8",
            "Wechatpay-Timestamp": stamp,
            "Wechatpay-Nonce": nonce,
            "Wechatpay-Serial": serial,
            "Wechatpay-Signature": b64encode(
                (key or self._platform).sign(said, PKCS1v15(), SHA256())
            ).decode(),
            "Wechatpay-Signature-Type": "WECHATPAY2-SHA256-RSA2048",
        }

    def _answer(self, asked: Asked) -> Reply:
        if not self._is_ours(asked):
            return self._reply(401, {"code": "SIGN_ERROR", "message": "签名错误"})
        path = urlsplit(asked.path).path
        facts = json.loads(asked.body) if asked.body else {}
        for pattern, answer in (
            (r"/v3/pay/transactions/(jsapi|h5|native)", self._open),
            (r"/v3/pay/transactions/out-trade-no/(\w+)/close", self._close),
            (r"/v3/pay/transactions/out-trade-no/(\w+)", self._tell),
            (r"/v3/refund/domestic/refunds", self._refund),
            (r"/v3/refund/domestic/refunds/(\w+)", self._tell_refund),
        ):
            if found := re.fullmatch(pattern, path):
                return answer(*found.groups(), facts)
        return self._reply(404, {"code": "NOT_FOUND", "message": path})

    def _is_ours(self, asked: Asked) -> bool:
        """Check the signature of the merchant over method, path, time, nonce and body."""
        said = dict(re.findall(r'(\w+)="([^"]*)"', asked.headers.get("Authorization", "")))
        text = f"{asked.method}\n{asked.path}\n{said['timestamp']}\n{said['nonce_str']}\n".encode()
        try:
            self._merchant.verify(
                b64decode(said["signature"]), text + asked.body + b"\n", PKCS1v15(), SHA256()
            )
        except InvalidSignature:
            return False
        return said["mchid"] == MERCHANT and said["serial_no"] == SERIAL

    def _open(self, form: str, facts: dict[str, Any]) -> Reply:
        number = facts["out_trade_no"]
        self.trades.setdefault(
            number,
            {
                "appid": facts["appid"], "mchid": facts["mchid"], "out_trade_no": number,
                "trade_state": "NOTPAY", "amount": dict(facts["amount"]), "asked": facts,
            },
        )  # fmt: skip
        given = {
            "native": {"code_url": f"weixin://wxpay/bizpayurl?pr={number[-9:]}"},
            "h5": {"h5_url": f"https://wx.tenpay.com/cgi-bin/mmpayweb-bin/checkmweb?prepay_id={number}"},
            "jsapi": {"prepay_id": f"wx{number}"},
        }
        return self._reply(200, given[form])

    def _tell(self, number: str, _facts: dict[str, Any]) -> Reply:
        if number not in self.trades:
            return self._reply(404, {"code": "ORDER_NOT_EXIST", "message": "订单不存在"})
        return self._reply(200, self.trades[number])

    def _close(self, number: str, _facts: dict[str, Any]) -> Reply:
        if self.trades[number]["trade_state"] == "SUCCESS":
            return self._reply(400, {"code": "ORDERPAID", "message": "订单已支付"})
        self.trades[number]["trade_state"] = "CLOSED"
        return Reply(204, b"", self._signed(b""))

    def _refund(self, facts: dict[str, Any]) -> Reply:
        number = facts["out_refund_no"]
        paid = self.trades[facts["out_trade_no"]]["amount"]["total"]
        before = [each for each in self.refunds.values() if each["out_trade_no"] == facts["out_trade_no"]]
        gone = sum(each["amount"]["refund"] for each in before if each["out_refund_no"] != number)
        if gone + facts["amount"]["refund"] > paid or facts["amount"]["total"] != paid:
            return self._reply(400, {"code": "INVALID_REQUEST", "message": "退款金额超限"})
        refund = self.refunds.setdefault(
            number,
            {
                "refund_id": f"50300{number[-20:]}", "out_refund_no": number,
                "out_trade_no": facts["out_trade_no"], "status": self.refund_status,
                "amount": dict(facts["amount"]),
                "success_time": datetime.now(UTC).isoformat(timespec="seconds"),
            },
        )  # fmt: skip
        return self._reply(200, refund)

    def _tell_refund(self, number: str, _facts: dict[str, Any]) -> Reply:
        if number not in self.refunds:
            return self._reply(404, {"code": "RESOURCE_NOT_EXISTS", "message": "退款单不存在"})
        return self._reply(200, self.refunds[number])

    def _reply(self, status: int, facts: dict[str, Any]) -> Reply:
        body = json.dumps(facts, ensure_ascii=False).encode()
        return Reply(status, body, self._signed(body))
