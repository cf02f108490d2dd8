"""What has to be true before packaging may leave: a licence in force that covers it, and artwork in use."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import gettext as _

from brand.licences.models import Licence
from brand.packaging.items import PackagingItem
from brand.packaging.refusals import PackagingRefused
from lib.dates import full_day


def require_permit(licence: Licence, items: Iterable[PackagingItem], *, on: date) -> None:
    """Refuse items that may not leave under the licence that day. One query.

    Raises:
        PackagingRefused: with every reason.
    """
    reasons = list(reasons_against_licence(licence, on=on))
    covered = set(licence.products.values_list("pk", flat=True))
    for item in items:
        reasons += reasons_against_item(item, licence=licence, covered=covered, on=on)
    if reasons:
        raise PackagingRefused(*reasons)


def reasons_against_licence(licence: Licence, *, on: date) -> Iterator[str]:
    """Yield why nothing may be taken under the licence that day; nothing when it is in force."""
    words = {"number": licence.number, "from": full_day(licence.valid_from), "to": full_day(licence.valid_to)}
    if licence.state == Licence.State.SUSPENDED:
        yield _("Licence %(number)s is suspended. Until that is settled no packaging leaves.") % words
    elif licence.state == Licence.State.REVOKED:
        yield _("Licence %(number)s is revoked. No packaging leaves under it.") % words
    elif on > licence.valid_to:
        yield _("Licence %(number)s ended on %(to)s. Packaging is handed out under the next one.") % words
    elif on < licence.valid_from:
        yield _("Licence %(number)s begins on %(from)s. Packaging is handed out from that day.") % words


def reasons_against_item(
    item: PackagingItem, *, licence: Licence, covered: set[int], on: date
) -> Iterator[str]:
    """Yield why this item may not leave under the licence that day. `covered`: keys of its products."""
    words = {"item": item, "number": licence.number}
    if item.region_id != licence.region_id:
        yield _("%(item)s belongs to another county than licence %(number)s.") % words
    elif item.product_id and item.product_id not in covered:
        yield (
            _("Licence %(number)s does not cover %(product)s, and %(item)s is printed for that.")
            % {**words, "product": item.product}
        )
    if not item.may_leave(on=on):
        yield _ended(item)


def _ended(item: PackagingItem) -> str:
    words = {"item": item, "day": full_day(item.issue_until), "new": item.successor}
    if item.successor_id:
        return (
            _("%(item)s left the store until %(day)s, its artwork was replaced. Take %(new)s instead.")
            % words
        )
    return _("%(item)s left the store until %(day)s, its artwork was replaced.") % words
