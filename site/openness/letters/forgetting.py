"""Who wrote is forgotten a year after the answer; what was written and answered stays."""

from datetime import datetime, timedelta
from functools import partial
from typing import Final

from django.db import transaction
from django.db.models import Q

from openness.letters.models import Letter, LetterFile
from openness.letters.telling import forget_messages

KEPT: Final = timedelta(days=365)


def forget_writers(*, at: datetime) -> int:
    """Erase names, contacts and files of letters answered more than a year ago; return of how many."""
    old = Letter.objects.filter(answered_at__lt=at - KEPT)
    named = old.filter(~Q(name="") | ~Q(contact="") | Q(files__isnull=False)).distinct()
    keys = list(named.values_list("pk", flat=True))
    files = LetterFile.objects.filter(letter__in=keys)
    kept = [(row.file.storage, row.file.name or "") for row in files]
    with transaction.atomic():
        Letter.objects.filter(pk__in=keys).update(name="", contact="")
        forget_messages(keys)
        files.delete()
        for storage, name in kept:
            transaction.on_commit(partial(storage.delete, name))
    return len(keys)
