"""What tests of the shop share: both payment gateways on a server of our own."""

from tests.gateways.running import alipay_gateway, gateway_keys, wechat_pay

__all__ = ["alipay_gateway", "gateway_keys", "wechat_pay"]
