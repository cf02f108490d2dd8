"""Oscar's customer app without its own sign-in."""

from oscar.apps.customer.apps import CustomerConfig as OscarCustomerConfig


class CustomerConfig(OscarCustomerConfig):
    """Same label and URLs as Oscar's."""

    name = "shop.customer"
