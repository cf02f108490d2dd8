"""Keeping an address for the next order."""

from django.db.models import F

from accounts.models import User
from shop.address.models import UserAddress
from shop.ordering.wanted import Address

MOST = 20  # in one book


def keep_address(*, user: User, address: Address | None) -> UserAddress | None:
    """Put an address into the book of `user`; the same one is only counted. None when the book is full."""
    if address is None:
        return None
    same = user.addresses.filter(
        last_name=address.name, line1=address.street, district_code=address.district_code
    ).first()
    if same is not None:
        user.addresses.filter(pk=same.pk).update(
            num_orders_as_shipping_address=F("num_orders_as_shipping_address") + 1
        )
        return same
    if user.addresses.count() >= MOST:
        return None
    return UserAddress.objects.create(
        user=user,
        last_name=address.name,
        phone_number=address.phone,
        line1=address.street,
        line3=address.district,
        line4=address.city,
        state=address.province,
        district_code=address.district_code,
        country_id="CN",
    )
