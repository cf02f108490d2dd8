"""Both gateways running, and the settings that lead to them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.gateways import alipay, wechat
from tests.gateways.keys import KeyPair, key_pair


@pytest.fixture(scope="session")
def gateway_keys(tmp_path_factory: pytest.TempPathFactory) -> tuple[KeyPair, KeyPair]:
    """Return the keys of the merchant and of the gateway: made once, it takes a while."""
    folder: Path = tmp_path_factory.mktemp("keys")
    return key_pair(folder, "merchant"), key_pair(folder, "platform")


@pytest.fixture
def wechat_pay(gateway_keys: tuple[KeyPair, KeyPair], settings: Any) -> Iterator[wechat.WeChat]:
    """Return WeChat Pay, with the hall as its merchant."""
    ours, theirs = gateway_keys
    running = wechat.WeChat(ours, theirs)
    settings.WECHAT_PAY = settings.WECHAT_PAY | {
        "url": running.server.url, "app_id": wechat.APP, "app_secret": "secret", "mch_id": wechat.MERCHANT,
        "mch_serial": wechat.SERIAL, "mch_key": str(ours.private_file), "api_v3_key": wechat.API_KEY,
        "public_key": str(theirs.public_file), "public_key_id": wechat.KEY_ID,
    }  # fmt: skip
    yield running
    running.server.close()


@pytest.fixture
def alipay_gateway(gateway_keys: tuple[KeyPair, KeyPair], settings: Any) -> Iterator[alipay.Alipay]:
    """Return Alipay, with the hall as its merchant."""
    ours, theirs = gateway_keys
    running = alipay.Alipay(ours, theirs)
    settings.ALIPAY = settings.ALIPAY | {
        "url": running.server.url + "/gateway.do", "app_id": alipay.APP, "app_key": str(ours.private_file),
        "public_key": str(theirs.public_file), "seller_id": alipay.SELLER,
    }  # fmt: skip
    yield running
    running.server.close()
