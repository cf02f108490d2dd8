"""Lineage: which batches were made from a batch, and what a batch was made from, however many steps away.

Each question is one recursive query. `UNION` (not `UNION ALL`) keeps every batch once, so a diamond is
walked once and a cycle, should one ever get in, ends; a bound on the answer keeps it from growing for ever.
"""

from collections.abc import Collection

from django.db import connection

MOST_BATCHES = 200_000

_WALK = """
    WITH RECURSIVE reached(id) AS (
        SELECT {towards} FROM record_batchinput WHERE {from_} IN ({roots})
        UNION
        SELECT link.{towards} FROM reached JOIN record_batchinput AS link ON link.{from_} = reached.id
    )
    SELECT id FROM reached LIMIT %s
"""


class LineageCycle(ValueError):
    """A batch would be made from itself: `batch` went, by some way, into one of its own sources."""


class LineageTooWide(ValueError):
    """More batches hang together than anybody recalls at once."""


def made_from(roots: Collection[int]) -> set[int]:
    """Return the batches that went into `roots`, by however many steps, without the roots themselves.

    Raises:
        LineageTooWide: more than `MOST_BATCHES`.
    """
    return _walk(roots, from_="batch_id", towards="source_id")


def used_in(roots: Collection[int]) -> set[int]:
    """Return the batches that `roots` went into, by however many steps, without the roots themselves.

    Raises:
        LineageTooWide: more than `MOST_BATCHES`.
    """
    return _walk(roots, from_="source_id", towards="batch_id")


def refuse_cycle(*, batch: int, sources: Collection[int]) -> None:
    """Do nothing if `batch` may be made from `sources`.

    Raises:
        LineageCycle: one of them is the batch itself or was made from it.
    """
    if batch in sources or used_in([batch]) & set(sources):
        raise LineageCycle(batch)


def _walk(roots: Collection[int], *, from_: str, towards: str) -> set[int]:
    if not roots:
        return set()
    query = _WALK.format(from_=from_, towards=towards, roots=", ".join(["%s"] * len(roots)))
    with connection.cursor() as cursor:
        cursor.execute(query, [*roots, MOST_BATCHES + 1])
        found = {pk for (pk,) in cursor.fetchall()}
    if len(found) > MOST_BATCHES:
        raise LineageTooWide(len(found))
    return found - set(roots)
