"""The turn of the day: licences that begin or end by their dates alone.

Nobody acts then, so nothing would clear the pages that show the old state, and nobody would be told. The
task looks every minute and writes an act of its own into the trail of each licence, once.
"""

from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from brand.acts.models import Act, record_act
from brand.licences.models import Licence
from brand.licences.telling import tell_of_act
from changes import outbox

BEGUN, EXPIRED = "begun", "expired"
LOOKS_BACK = timedelta(days=31)  # a worker that stood still longer leaves old turns to the pages themselves


def turn_licences(*, at: datetime) -> int:
    """Note and tell what began or ended since the last look; return how many licences. 2 queries to look."""
    today = timezone.localdate(at)
    begun = _unnoted(BEGUN).filter(valid_from__range=(today - LOOKS_BACK, today), valid_to__gte=today)
    begun = begun.exclude(issued_on__gte=F("valid_from"))  # in force when it was given: that was told then
    yesterday = today - timedelta(days=1)
    expired = _unnoted(EXPIRED).filter(valid_to__range=(yesterday - LOOKS_BACK, yesterday))
    turned = [(licence, BEGUN) for licence in begun] + [(licence, EXPIRED) for licence in expired]
    return sum(_note(licence, verb, at=at) for licence, verb in turned)


def _unnoted(verb: str) -> QuerySet[Licence]:
    kind = ContentType.objects.get_for_model(Licence)
    noted = Act.objects.filter(subject_type=kind, subject_id=OuterRef("pk"), verb=verb)
    rows = Licence.objects.exclude(state=Licence.State.REVOKED).filter(~Exists(noted))
    return rows.select_related("member", "region")


def _note(licence: Licence, verb: str, *, at: datetime) -> bool:
    with transaction.atomic():
        # the lock makes a second worker wait and then find the act of the first
        Licence.objects.select_for_update().get(pk=licence.pk)
        if not _unnoted(verb).filter(pk=licence.pk).exists():
            return False
        record_act(licence, verb, by=None, at=at)
        outbox.record(licence, region=licence.region.slug)
        if verb == EXPIRED:
            transaction.on_commit(lambda: tell_of_act(licence, verb, reason="", at=at))
    return True
