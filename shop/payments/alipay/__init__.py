"""Alipay: its page on a desk (alipay.trade.page.pay), its app on a phone (alipay.trade.wap.pay)."""
