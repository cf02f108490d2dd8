"""The turn of the day: a period that begins or ends by its dates alone.

Nobody acts then, so nothing would clear the kept pages that show the day before.
"""

from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from brand.acts.models import Act, record_act
from changes import outbox
from cms.changes import region_of_path
from openness.disclosures.models import DisclosurePage

BEGAN, ENDED = "period_began", "period_ended"
LOOKS_BACK = timedelta(days=31)  # a worker that stood still longer leaves old turns to the pages themselves


def turn_periods(*, at: datetime) -> int:
    """Tell the outbox which periods began or ended since the last look; return how many. 2 queries."""
    today = timezone.localdate(at)
    yesterday = today - timedelta(days=1)
    began = _untold(BEGAN, Q(opens_on__range=(today - LOOKS_BACK, today), closes_on__isnull=False))
    ended = _untold(ENDED, Q(closes_on__range=(yesterday - LOOKS_BACK, yesterday)))
    turned = [(page, BEGAN) for page in began] + [(page, ENDED) for page in ended]
    for page, verb in turned:
        _tell(page, verb, at=at)
    return len(turned)


def _untold(verb: str, which: Q) -> QuerySet[DisclosurePage]:
    kind = ContentType.objects.get_for_model(DisclosurePage)
    told = Act.objects.filter(subject_type=kind, subject_id=OuterRef("pk"), verb=verb)
    # a period that was moved after it had turned is told again by the edit itself
    return DisclosurePage.objects.live().filter(which).filter(~Exists(told)).defer("body")


def _tell(page: DisclosurePage, verb: str, *, at: datetime) -> None:
    with transaction.atomic():
        record_act(page, verb, by=None, at=at)
        outbox.record(page, region=region_of_path(page.url_path))
