"""What members hear of their licences, after the transaction that changed them."""

from datetime import datetime

from brand.addresses import licence_page
from brand.licences.models import Licence
from brand.telling import tell_member


def tell_of_act(licence: Licence, verb: str, *, reason: str, at: datetime) -> None:
    """Tell whoever acts for the member that the licence was suspended, reinstated or revoked, and why."""
    context = {"number": licence.number, "brand": licence.brand_name, "reason": reason}
    key = f"licence:{licence.pk}:{verb}:{at.isoformat()}"
    tell_member(
        licence.member,
        kind=f"licence_{verb}",
        context=context,
        at=at,
        key=key,
        url=licence_page(licence),
    )
