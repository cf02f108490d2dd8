"""Forgetting who sent a report: a year after the last step, contact and photos have served their purpose."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, Q

from record.models import ConsumerReport, ReportPhoto
from record.models.consumer_report import private_storage

KEPT = timedelta(days=365)


def forget_senders_of(*, closed_before: datetime) -> int:
    """Take contact and photos away from reports closed before then; return how many reports that were.

    What was reported and answered stays: it is part of the history of a batch.
    """
    closed = ConsumerReport.objects.filter(state=ConsumerReport.State.CLOSED)
    old = closed.annotate(last=Max("steps__at")).filter(last__lt=closed_before)
    pks = set(old.exclude(Q(contact="") & Q(photos=None)).values_list("pk", flat=True))
    photos = ReportPhoto.objects.filter(report__in=pks)
    names = list(photos.values_list("file", flat=True))
    with transaction.atomic():
        photos.delete()
        ConsumerReport.objects.filter(pk__in=pks).update(contact="")
    for name in names:  # after the rows: a row never points at a file that is gone
        private_storage().delete(name)
    return len(pks)
