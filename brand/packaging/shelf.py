"""What happens at the shelf itself: goods come from the printer, goods spoil."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from brand.packaging.items import PackagingItem
from brand.packaging.movements import PackagingMovement
from brand.packaging.numbers import Paper, new_number
from brand.packaging.posting import post
from brand.packaging.refusals import PackagingRefused


@transaction.atomic
def receive(
    *, item: PackagingItem, quantity: int, note: str, by: User | None, at: datetime
) -> PackagingMovement:
    """Put what came from the printer on the shelf; `note` names delivery and bill.

    Raises:
        PackagingRefused: nothing came.
    """
    _more_than_nothing(quantity)
    number = new_number(Paper.RECEIPT, region=item.region, at=at)
    return post(
        item=item,
        kind=PackagingMovement.Kind.RECEIPT,
        quantity=quantity,
        number=number,
        note=note,
        by=by,
        at=at,
    )


@transaction.atomic
def write_off(
    *, item: PackagingItem, quantity: int, reason: str, by: User | None, at: datetime
) -> PackagingMovement:
    """Take spoiled goods off the shelf.

    Raises:
        NotEnough: the shelf has less.
        PackagingRefused: nothing, or without a reason.
    """
    _more_than_nothing(quantity)
    if not reason.strip():
        raise PackagingRefused(_("Write down what happened to them."))
    number = new_number(Paper.SPOILAGE, region=item.region, at=at)
    return post(
        item=item,
        kind=PackagingMovement.Kind.SPOILAGE,
        quantity=quantity,
        number=number,
        note=reason,
        by=by,
        at=at,
    )


def _more_than_nothing(quantity: int) -> None:
    if quantity < 1:
        raise PackagingRefused(_("A quantity begins with 1."))
