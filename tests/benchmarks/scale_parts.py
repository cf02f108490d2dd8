"""What the scale benchmark measures: `python -m tests.benchmarks.scale_parts CODES READINGS` takes orders on
standard input (`grow`, `look N`) and answers with a number each; `… batch` counts the queries of one page.

The codes lie in batches that all grew at one base, whose station measured every ten seconds from before
their planting on. The batches that are looked at have the same dozen events and the same season in both
databases; further batches and stations elsewhere are filling.
"""

import functools
import json
import random
import sys
import time
from datetime import UTC, date, datetime, timedelta
from statistics import median

import django
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

LOOKED_AT, EVENTS, LONG, SEASON_DAYS = 20, 12, 500, 200
DEVICES, METRICS, PER_HOUR = 10, 10, 360  # a reading every ten seconds
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
_HOURS = """
    INSERT INTO telemetry_hourlyreading (device_id, metric, hour, count, mean, min, max)
    SELECT device, metric, %s::timestamptz - hour * interval '1 hour', 360, 12 + hour %% 9, 8, 24
    FROM generate_series(0, %s) AS hour, unnest(%s::int[]) AS device, unnest(%s::text[]) AS metric
"""
_DAYS = """
    INSERT INTO telemetry_dailyreading (device_id, metric, day, hours, count, mean, min, max)
    SELECT device, metric, %s::date - day, 24, 8640, 12 + day %% 9, 8, 24
    FROM generate_series(0, %s) AS day, unnest(%s::int[]) AS device, unnest(%s::text[]) AS metric
"""
# 0 and 1 are no letters of a serial
_CODES = """
    INSERT INTO record_code ({columns}, serial)
    SELECT {columns}, translate(upper(substr(md5(%s || number::text), 1, 16)), '01', 'GH')
    FROM record_code, generate_series(1, %s) AS number WHERE id = %s
"""


def grow(codes: int, readings: int) -> float:
    """Fill the database and return how many seconds that took."""
    from tests.factories.record import BaseFactory, sellable_batch
    from tests.factories.telemetry import DeviceFactory

    began = time.monotonic()
    first = sellable_batch(planted_on=date(2026, 6, 12))
    batches = [first, *(_like(first) for _ in range(LOOKED_AT - 1))]
    for batch in batches:
        _fill(batch)
    _measure([DeviceFactory(base=first.base).pk], hours=SEASON_DAYS * 24)
    elsewhere = BaseFactory()
    left = max(0, readings - SEASON_DAYS * 24 * PER_HOUR)
    _measure([DeviceFactory(base=elsewhere).pk for _ in range(DEVICES)], hours=left // (PER_HOUR * DEVICES))
    others = [_like(first) for _ in range(max(0, codes // 10_000 - LOOKED_AT))]
    each = codes // (LOOKED_AT + len(others))
    for batch in [*batches, *others]:
        _add_codes(batch, each)
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # as autovacuum would have done by then
    return time.monotonic() - began


def _measure(devices: list[int], *, hours: int) -> None:
    """Write the hours and days of devices that measured every ten seconds."""
    from telemetry.models import Metric

    metrics = list(Metric.objects.values_list("key", flat=True)[:METRICS])
    with connection.cursor() as cursor:
        cursor.execute(_HOURS, [NOW, hours, devices, metrics])
        cursor.execute(_DAYS, [NOW.date(), hours // 24, devices, metrics])


def look(count: int) -> float:
    """Scan `count` codes and open their records, nothing kept of them; return the middle, in ms."""
    from record.scans.recording import record_scan

    client, taken = Client(), []
    for _ in range(count):
        serial = random.choice(_serials())
        cache.clear()
        began = time.perf_counter()
        record_scan(serial=serial, device=f"{random.random()}"[:32], place=None, at=timezone.now())
        answer = client.get(f"/trace/{serial}/")
        taken.append((time.perf_counter() - began) * 1000)
        if answer.status_code != 200:
            raise RuntimeError(f"/trace/{serial}/ answers {answer.status_code}")
    return median(taken)


def long_batch() -> int:
    """Return how many queries the page of a batch with 500 events makes, nothing of it kept."""
    from tests.factories.record import event, sellable_batch

    batch = sellable_batch(planted_on=None, harvested_on=None)
    for number in range(LONG):
        event(batch, title=f"浇水 {number}")
    client, path = Client(), f"/trace/batches/{batch.product.gtin}/{batch.lot}/"
    if client.get(path).status_code != 200:
        raise RuntimeError(f"{path} does not answer")
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return len(asked)


def _like(batch):
    from tests.factories.record import sellable_batch

    return sellable_batch(product=batch.product, base=batch.base, planted_on=batch.planted_on)


def _fill(batch) -> None:
    from tests.factories.record import event

    for number in range(EVENTS):
        day = date(2026, 6, 20) + timedelta(days=number * 9)
        event(batch, day=f"{day:%Y-%m-%d}", title=f"田间第 {number} 次")


def _add_codes(batch, count: int) -> None:
    from record.models import Code
    from tests.factories.record import active_code

    model = active_code(batch)
    columns = ", ".join(
        field.column for field in Code._meta.concrete_fields if field.column not in {"id", "serial"}
    )
    with connection.cursor() as cursor:
        cursor.execute(_CODES.format(columns=columns), [f"{batch.pk}-", count - 1, model.pk])


@functools.cache
def _serials() -> list[str]:
    """Return the serials of the batches that are looked at."""
    from record.models import Batch, Code

    batches = list(Batch.objects.order_by("pk")[:LOOKED_AT])
    return list(Code.objects.filter(batch__in=batches).values_list("serial", flat=True))


def _obey(codes: int, readings: int) -> None:
    for line in sys.stdin:
        order, _space, number = line.strip().partition(" ")
        print(json.dumps(grow(codes, readings) if order == "grow" else look(int(number))), flush=True)


if __name__ == "__main__":
    django.setup()
    settings.ALLOWED_HOSTS = ["*"]
    if sys.argv[1] == "batch":
        print(json.dumps(long_batch()))
    else:
        _obey(int(sys.argv[1]), int(sys.argv[2]))
