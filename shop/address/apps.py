"""Oscar's address app under our name."""

from oscar.apps.address.apps import AddressConfig as OscarAddressConfig


class AddressConfig(OscarAddressConfig):
    """Same label and URLs as Oscar's."""

    name = "shop.address"
