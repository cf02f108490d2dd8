"""What the points of a county hand out: goods of that county's sellers, for nobody carries others' there."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from brand.models import Region
from shop.selling import product_of


def not_handed_out(lines: Iterable[Any], *, region: Region) -> str:
    """Return why these lines cannot all be picked up in the county, "" if they can."""
    strange = [line.product.get_title() for line in lines if _region_of(line.product) != region.pk]
    if not strange:
        return ""
    listed = pgettext("between names", ", ").join(dict.fromkeys(strange))
    text = _(
        "Only goods of %(county)s are picked up here. From another county: %(articles)s. "
        "Have it all sent by parcel, or order that by itself."
    )
    return text % {"county": region.name, "articles": listed}


def _region_of(article: Any) -> int | None:
    licensed = product_of(article)
    return licensed.region_id if licensed else None
