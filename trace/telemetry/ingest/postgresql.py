"""Writes a batch to PostgreSQL in one statement a table.

Arrays travel as text that is joined here and split there: psycopg's own array adaptation costs 25 µs a row,
this 2 µs (docs/adr).
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import connection

from telemetry.ingest.rows import Key, Row, Written, microseconds

_UPSERT = """
    INSERT INTO telemetry_reading AS kept (device_id, at, "values", received_at)
    SELECT device, timestamptz 'epoch' + at * interval '1 microsecond', line::jsonb, %s
    FROM unnest(%s::bigint[], %s::bigint[], string_to_array(%s, chr(10))) AS sent (device, at, line)
    ON CONFLICT (device_id, at) DO UPDATE SET "values" = kept."values" || excluded."values"
    WHERE NOT kept."values" @> excluded."values"
    RETURNING device_id, (extract(epoch FROM at) * 1000000)::bigint, xmax = 0
"""
_MARK = """
    INSERT INTO telemetry_dirtyhour AS kept (device_id, hour, marks)
    SELECT device, timestamptz 'epoch' + hour * interval '1 microsecond', 1
    FROM unnest(%s::bigint[], %s::bigint[]) AS sent (device, hour)
    ON CONFLICT (device_id, hour) DO UPDATE SET marks = kept.marks + 1
"""


def upsert_readings(rows: Mapping[Key, Row], *, received_at: datetime) -> Written:
    """Insert the rows, or merge their metrics into those of the same device and time."""
    lines = "\n".join([row.text() for row in rows.values()])
    with connection.cursor() as cursor:
        cursor.execute(_UPSERT, [received_at, *_arrays(rows), lines])
        written = cursor.fetchall()
    inserted = {(device, at) for device, at, is_new in written if is_new}
    return Written(inserted, {(device, at) for device, at, is_new in written if not is_new})


def mark_dirty(hours: Collection[tuple[int, datetime]]) -> None:
    """Note that these hours have to be rolled up; in order, so that two writers cannot deadlock."""
    pairs = [(device, microseconds(hour)) for device, hour in sorted(hours)]
    with connection.cursor() as cursor:
        cursor.execute(_MARK, [*_arrays(pairs)])


def _arrays(keys: Collection[Key]) -> tuple[str, str]:
    devices = ",".join([str(device) for device, _at in keys])
    times = ",".join([str(at) for _device, at in keys])
    return f"{{{devices}}}", f"{{{times}}}"
