"""Walking the lineage of 100,000 linked batches, forward and back, in the worst shapes: a chain and a tree.

On PostgreSQL where DATABASE_URL names one, else on SQLite.
"""

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import django

from tests.template import TestDatabase, build_template

COUNT, LIMIT_S = 100_000, 1.0


def run(*, count: int = COUNT) -> list[dict[str, object]]:
    """Return the rows."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    build_template()
    with tempfile.TemporaryDirectory() as folder:
        database = TestDatabase(worker="recall", folder=Path(folder))
        database.restore()
        try:
            return list(_rows(count))
        finally:
            database.drop()


def _rows(count: int) -> Iterator[dict[str, object]]:
    for shape, source_of in (("a chain", lambda n: n - 1), ("a tree of four", lambda n: (n - 2) // 4 + 1)):
        first, last = _grow(count, source_of)
        yield _row(f"recall forward over {count:,} batches in {shape}", *_timed(first, count - 1, "used_in"))
        if shape == "a chain":
            yield _row(
                f"recall back over {count:,} batches in {shape}", *_timed(last, count - 1, "made_from")
            )


def _timed(root: int, expected: int, walk: str) -> tuple[float, bool]:
    """Return the middle of three walks in seconds, and whether each found what it should."""
    from record import lineage

    seconds, right = [], True
    for _ in range(3):
        start = time.perf_counter()
        found = getattr(lineage, walk)([root])
        seconds.append(time.perf_counter() - start)
        right = right and len(found) == expected
    return sorted(seconds)[1], right


def _grow(count: int, source_of: Callable[[int], int]) -> tuple[int, int]:
    """Make `count` batches of which the n-th is made from `source_of(n)`; return the first and the last."""
    from django.db import connection

    from record.models import Batch, BatchInput
    from tests.factories.record import BatchFactory

    BatchInput.objects.all().delete()
    model = BatchFactory()
    Batch.objects.exclude(pk=model.pk).delete()
    Batch.objects.bulk_create(
        (Batch(product=model.product, base=model.base, lot=f"N{number}") for number in range(2, count + 1)),
        batch_size=5_000,
    )
    pks = [model.pk, *Batch.objects.exclude(pk=model.pk).order_by("pk").values_list("pk", flat=True)]
    links = (
        BatchInput(batch_id=pks[number - 1], source_id=pks[source_of(number) - 1])
        for number in range(2, count + 1)
    )
    BatchInput.objects.bulk_create(links, batch_size=5_000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE record_batchinput")  # as autovacuum would have done by then
    return pks[0], pks[-1]


def _row(name: str, seconds: float, right: bool) -> dict[str, object]:
    return {
        "name": name,
        "value": seconds,
        "unit": "s",
        "limit": LIMIT_S,
        "peer": None,
        "holds": right and seconds < LIMIT_S,
    }
