"""What the page in the field sends in becomes events, once, however often it is sent."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import User
from record.events.uploads import filed_photos, take_away
from record.events.work import record_work, sent_before
from record.field.form import FieldForm
from record.models import Event


@dataclass(frozen=True, slots=True)
class Submitted:
    """The events, and whether this was the sending that recorded them."""

    events: list[Event]
    is_new: bool


def submit(*, form: FieldForm, user: User, at: datetime) -> Submitted:
    """Record what the (valid) form says, unless it was recorded under its key before.

    Raises:
        WorkRefused: it contradicts the record of a batch; nothing was recorded.
        SentBefore: its key stands for another event; nothing was recorded.
    """
    entered = form.cleaned_data
    if known := sent_before(entered["key"], batches=entered["batches"], facts=entered):
        return Submitted(known, is_new=False)
    titles = {"caption": entered["caption"], "title": entered["title"]}
    with transaction.atomic(), filed_photos(entered["photos"], user=user, **titles) as photos:
        events = record_work(
            batches=entered["batches"],
            submission=entered["key"],
            photos=photos,
            recorded_at=at,
            recorded_by=user,
            source=Event.Source.FIELD,
            **form.facts(),
        )
        is_new = any(event.recorded_at == at for event in events)
        if not is_new:  # the same form came twice at once and the other was faster
            take_away(photos)
    return Submitted(events, is_new)
