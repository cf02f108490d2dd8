"""Oscar's customer app without a sign-in of its own."""

from typing import Any

from oscar.apps.customer.apps import CustomerConfig as OscarCustomerConfig


class CustomerConfig(OscarCustomerConfig):
    """Same label and URLs as Oscar's; those about the account itself lead to /accounts/."""

    name = "shop.customer"

    def get_urls(self) -> list[Any]:
        """Return Oscar's URLs with the account pages replaced."""
        from shop import signin
        from shop.address import views as addresses
        from shop.uncached import uncached

        ours = {
            "login": signin.to_sign_in,
            "logout": signin.to_sign_out,
            "register": signin.to_sign_up,
            "summary": signin.to_account,
            "change-password": signin.to_account,
            "profile-view": signin.to_account,
            "profile-update": signin.to_account,
            "profile-delete": signin.to_account,
            "address-list": addresses.book,
            "address-create": addresses.to_book,
            "address-detail": addresses.to_book,
            "address-delete": addresses.delete,
            "address-change-status": addresses.make_usual,
            "order-list": signin.to_orders,
            "order": signin.to_order,
            "order-line": signin.to_order,
            "anon-order": signin.to_order,
            "anon-order-form": signin.to_order,
        }
        urls = super().get_urls()
        for url in urls:
            url.callback = ours.get(url.name, url.callback)
        return uncached(urls)
