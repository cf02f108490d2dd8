"""Writes a batch to SQLite: one prepared statement, its rows in a loop of the driver.

The transaction holds the write lock from its beginning (`transaction_mode` IMMEDIATE), so looking first and
writing then is safe.
"""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime

import msgspec
from django.db import IntegrityError, connection, transaction

from telemetry.ingest.rows import Key, Row, Written

_INSERT = 'INSERT INTO telemetry_reading (device_id, at, "values", received_at) VALUES (%s, %s, %s, %s)'
_FIND = 'SELECT "values" FROM telemetry_reading WHERE device_id = %s AND at = %s'
_UPDATE = 'UPDATE telemetry_reading SET "values" = %s WHERE device_id = %s AND at = %s'
_MARK = """
    INSERT INTO telemetry_dirtyhour (device_id, hour, marks) VALUES (%s, %s, 1)
    ON CONFLICT (device_id, hour) DO UPDATE SET marks = marks + 1
"""


def upsert_readings(rows: Mapping[Key, Row], *, received_at: datetime) -> Written:
    """Insert the rows, or merge their metrics into those of the same device and time."""
    received = _text(received_at)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(
                _INSERT, [(row.device, _text(row.at), row.text(), received) for row in rows.values()]
            )
    except IntegrityError:  # some are known: one by one, and say which
        return _merge(rows, received)
    return Written(set(rows), set())


def mark_dirty(hours: Collection[tuple[int, datetime]]) -> None:
    """Note that these hours have to be rolled up."""
    with connection.cursor() as cursor:
        cursor.executemany(_MARK, [(device, _text(hour)) for device, hour in hours])


def _merge(rows: Mapping[Key, Row], received: str) -> Written:
    written = Written(set(), set())
    with connection.cursor() as cursor:
        for key, row in rows.items():
            at = _text(row.at)
            found = cursor.execute(_FIND, (row.device, at)).fetchone()
            if found is None:
                cursor.execute(_INSERT, (row.device, at, row.text(), received))
                written.inserted.add(key)
            elif (kept := msgspec.json.decode(found[0])) | row.values != kept:
                cursor.execute(_UPDATE, (row._replace(values=kept | row.values).text(), row.device, at))
                written.merged.add(key)
    return written


def _text(at: datetime) -> str:
    """Return a time as Django writes it to SQLite."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(" ")
