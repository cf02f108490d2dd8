"""Oscar's voucher app under our name."""

from oscar.apps.voucher.apps import VoucherConfig as OscarVoucherConfig


class VoucherConfig(OscarVoucherConfig):
    """Same label and URLs as Oscar's."""

    name = "shop.voucher"
