"""Scanning: what a station says about a parcel of the county (揽收, 中转, 派送, 待取, 签收)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import User
from shop.county_post.models import Station
from shop.county_post.waybills import NoWaybill, read_waybill
from shop.fulfilment.carriers import COUNTY, OWN
from shop.fulfilment.models import Parcel
from shop.tracking.tracing import Source, Step, trace

State = Parcel.State


class NotScanned(ValueError):
    """Nothing was changed; the text says why in plain words."""


@dataclass(frozen=True, slots=True)
class Act:
    """What a station can say: `after` are the states it follows, `words` what the buyer reads."""

    slug: str
    label: str | Promise
    state: str
    after: tuple[str, ...]
    words: str | Promise


_GOING = (State.COLLECTED, State.IN_TRANSIT)
ACTS: Final[dict[str, Act]] = {
    act.slug: act
    for act in (
        Act("collect", gettext_lazy("Collect"), State.COLLECTED, (State.HANDED_OVER,),
            gettext_lazy("Collected by %(station)s.")),
        Act("pass", gettext_lazy("Arrived, goes on"), State.IN_TRANSIT, (*_GOING, State.TROUBLE),
            gettext_lazy("Arrived at %(station)s, goes on with the next van.")),
        Act("carry", gettext_lazy("Out for delivery"), State.DELIVERING,
            (*_GOING, State.WAITING, State.TROUBLE),
            gettext_lazy("%(station)s is bringing it to the door.")),
        Act("wait", gettext_lazy("Waits here to be picked up"), State.WAITING,
            (State.HANDED_OVER, *_GOING, State.DELIVERING, State.TROUBLE),
            gettext_lazy("Waits for you at %(station)s.")),
        Act("sign", pgettext_lazy("parcel", "Handed over"), State.DELIVERED,
            (State.DELIVERING, State.WAITING, *_GOING), gettext_lazy("Signed for at %(station)s.")),
        Act("hold", gettext_lazy("Something is wrong"), State.TROUBLE,
            (State.HANDED_OVER, *_GOING, State.DELIVERING, State.WAITING),
            gettext_lazy("Held up at %(station)s.")),
    )
}  # fmt: skip


def parcel_meant(text: str) -> Parcel:
    """Return the parcel whose label was scanned or typed. One query.

    Raises:
        NotScanned: it is none the county carries.
    """
    found = Parcel.objects.filter(sent_at__isnull=False).select_related(
        "consignment__order__shipping_address", "consignment__order__pickup_point", "consignment__partner"
    )
    try:
        parcel = found.filter(carrier=COUNTY, waybill=read_waybill(text)).first()
    except NoWaybill:
        # what a seller brings to a pick-up point has a number of ours and no waybill
        parcel = found.filter(carrier=OWN, number=text.strip()).first()
    if parcel is None:
        raise NotScanned(
            _("No parcel of the county has this number. Type the fifteen digits under the bars.")
        )
    return parcel


def acts_for(parcel: Parcel) -> list[Act]:
    """Return what a station can say about `parcel` now."""
    return [act for act in ACTS.values() if parcel.state in act.after]


def scan(
    *,
    parcel: Parcel,
    act: str,
    station: Station,
    at: datetime,
    by: User,
    note: str = "",
    handed_to: str = "",
    proof: ContentFile[Any] | None = None,
) -> None:
    """Take down what `station` did with `parcel`; the buyer reads it on the page of the order.

    Raises:
        NotScanned: the act does not follow, a parcel is signed for by nobody, a fault has no reason, or the
            station is another county's.
    """
    chosen = ACTS.get(act)
    if chosen is None:
        raise NotScanned(_("Choose what you did with the parcel."))
    if act == "sign" and not handed_to.strip():
        raise NotScanned(_("Write who took it: the name, family, a neighbour."))
    if act == "hold" and not note.strip():
        raise NotScanned(_("Write what is wrong. The buyer reads it."))
    with transaction.atomic():
        held = Parcel.objects.select_for_update(of=("self",)).get(pk=parcel.pk)
        region = held.consignment.order.region_id
        if region is not None and region != station.region_id:
            raise NotScanned(_("This parcel belongs to another county."))
        if held.state not in chosen.after:
            raise NotScanned(
                _("It is %(state)s: this does not follow.") % {"state": held.get_state_display()}
            )
        words = " ".join(
            part for part in (str(chosen.words) % {"station": station.name}, note.strip()) if part
        )
        step = Step(
            at=at, state=chosen.state, text=words, source=Source.COUNTY, place=station.name,
            handed_to=handed_to.strip()[:40],
        )  # fmt: skip
        trace(parcel=held, step=step, by=by, station=station, proof=proof)
    parcel.refresh_from_db()
