"""Who objected is forgotten a year after the answer; what was said and answered stays."""

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Q

from brand.licences.applications.models import LicenceApplication
from brand.licences.publicity.models import Objection, ObjectionFile

KEPT = timedelta(days=365)


def forget_objectors(*, at: datetime) -> int:
    """Erase names, contacts and files of objections answered more than a year ago; return how many.

    One that nobody answers any more, because the application is over, is counted from when it came in.
    """
    unanswered = Q(
        answered_at=None, received_at__lt=at - KEPT, application__state__in=LicenceApplication.OVER
    )
    old = Objection.objects.filter(Q(answered_at__lt=at - KEPT) | unanswered)
    named = old.filter(~Q(name="") | ~Q(contact="") | Q(files__isnull=False)).distinct()
    keys = list(named.values_list("pk", flat=True))
    files = ObjectionFile.objects.filter(objection__in=keys)
    kept = [(row.file.storage, row.file.name or "") for row in files]
    with transaction.atomic():
        Objection.objects.filter(pk__in=keys).update(name="", contact="")
        files.delete()
        for storage, name in kept:
            transaction.on_commit(partial(storage.delete, name))
    return len(keys)
