"""The record of a batch says that packages of it were sold and sent.

One event for each batch, seller and day, written when the first parcel of the day leaves: the chain of a
batch that sells for months stays readable, and each package tells by its own code that it was sold. Why not
one per parcel: docs/adr/0019.
"""

from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from record.events.recording import record_event
from record.models import Batch, Event
from shop.partner.models import Partner


def note_sale(*, batch: Batch, partner: Partner, at: datetime, by: User | None) -> None:
    """Record that packages of `batch` went to buyers, once for the day.

    Raises:
        EventRefused: it contradicts what is known of the batch, as a sale before the harvest does.
    """
    day = f"{timezone.localdate(at):%Y-%m-%d}"
    key = uuid5(NAMESPACE_URL, f"fengtu:sale:{batch.pk}:{partner.pk}:{day}")
    if batch.events.filter(submission=key).exists():
        return
    member = partner.member
    with translation.override("zh-hans"):
        title = _("Sold in the hall and sent to buyers")
        place = member.region.full_name if member is not None else ""
    record_event(
        batch=batch,
        stage=Event.Stage.SALE,
        step=Event.Step.SELLING,
        title=title,
        at=at,
        recorded_at=at,
        place=place,
        actor=partner.name[:60],
        responsible=member,
        recorded_by=by,
        submission=key,
    )
