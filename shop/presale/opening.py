"""Opening a pre-sale for booking: only with terms, a lawful deposit and an article that may be sold."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from shop import selling
from shop.presale.booking import terms_in_force
from shop.presale.models import Presale
from shop.presale.states import PresaleRefused, move

DEPOSIT_AT_MOST: Final = Decimal("0.2")  # of the price: what is above is no deposit (民法典 art. 586)


def open_presale(*, presale: Presale, at: datetime, by: User | None) -> None:
    """Let it be booked in its time.

    Raises:
        PresaleRefused: something stands against it; the text names everything that does.
    """
    if reasons := list(what_is_missing(presale, at=at)):
        raise PresaleRefused(" ".join(reasons))
    with transaction.atomic():
        move(presale, Presale.State.OPEN, verb="opened", at=at, by=by)


def what_is_missing(presale: Presale, *, at: datetime) -> Iterator[str]:
    """Yield what has to be put right before it can be opened, a sentence each."""
    today = timezone.localdate(at)
    record = presale.article.stockrecords.select_related("partner").first()
    if record is None or not record.price:
        yield _("The article has no price yet.")
    elif presale.deposit > record.price * DEPOSIT_AT_MOST:
        most = (record.price * DEPOSIT_AT_MOST).quantize(Decimal("0.01"))
        yield _("The deposit is more than a fifth of the price: at most ¥%(most)s.") % {"most": most}
    if reason := selling.why_not(presale.article, record, on=today):
        yield str(reason)
    if presale.base.region_id != presale.region_id:
        yield _("The base lies in another county.")
    if presale.harvest_to < today or presale.closes_at <= at:
        yield _("The harvest or the time for booking is over.")
    if terms_in_force(presale) is None:
        yield _("The terms are not written yet.")
    if Presale.objects.filter(article=presale.article_id, state=Presale.State.OPEN).exists():
        yield _("Another pre-sale of this article is running.")
