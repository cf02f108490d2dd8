"""The one way to say that something changed.

The page cache, the search index and the editors' suggestions read the outbox; whoever changes a fact
calls `record` in the same transaction, so that a change is told if and only if it happened.
"""

from collections.abc import Iterable
from functools import partial

from django.db import models, transaction

from changes.models import Change
from changes.version import see


def record(thing: models.Model, kind: str = Change.Kind.SAVED, *, region: str = "") -> Change:
    """Write that `thing` was saved or deleted; `region` is the slug of the county whose pages show it.

    Without a region the change concerns every county. Pages cached by this process are stale as soon as
    the transaction commits, those of other processes within half a second (`changes.version`).
    """
    change = Change.objects.create(thing=f"{thing._meta.label_lower}:{thing.pk}", kind=kind, region=region)
    transaction.on_commit(partial(see, change.pk))
    return change


def record_many(things: Iterable[tuple[models.Model, str]], kind: str = Change.Kind.SAVED) -> None:
    """Write that many things were saved or deleted, each with its region, in few statements."""
    changes = Change.objects.bulk_create(
        (
            Change(thing=f"{thing._meta.label_lower}:{thing.pk}", kind=kind, region=region)
            for thing, region in things
        ),
        batch_size=2_000,
    )
    if changes:
        transaction.on_commit(partial(see, changes[-1].pk))
