"""What the record benchmark measures: `python -m tests.benchmarks.record_parts page SERIAL` or `… scans`.

`cold` empties Django's cache before each request, so events, papers and readings are read and rendered anew.
CPU times are the tenth of the lower end: the machine is shared, and what others do only ever adds.
"""

import gzip
import json
import sys
import threading
import time

import django
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

REQUESTS, CLIENTS, SECONDS, CODES = 120, 16, 4.0, 2_000


def page(serial: str) -> dict[str, float]:
    """Return queries, CPU milliseconds and size of the page of one package."""
    client, path = Client(HTTP_HOST="lucheng.localhost"), f"/trace/{serial}/"
    for _ in range(5):
        answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answers {answer.status_code}")
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    queries = len(asked)  # now: later requests empty the log
    cold, kept = [], []
    for _ in range(REQUESTS):
        cache.clear()
        cold.append(_cpu_ms(client, path))
        kept.append(_cpu_ms(client, path))
    size = len(gzip.compress(answer.content))
    return {"queries": queries, "cold": _quiet(cold), "kept": _quiet(kept), "bytes": size}


def scans() -> dict[str, object]:
    """Return how many scans a second 16 threads record, each code by several phones."""
    from record.codes.issuing import issue_codes
    from record.models import Scan
    from record.scans.recording import record_scan
    from tests.factories.record import BatchFactory

    batch = BatchFactory()
    serials = issue_codes(product=batch.product, batch=batch, quantity=CODES, at=timezone.now())
    until, before = time.monotonic() + SECONDS, Scan.objects.count()

    def look(phone: int) -> None:
        try:
            place = phone * (CODES // CLIENTS)
            while time.monotonic() < until:
                record_scan(
                    serial=serials[place % CODES], device=f"{phone:032d}", place=None, at=timezone.now()
                )
                place += 1
        finally:
            connection.close()

    began = time.monotonic()
    threads = [threading.Thread(target=look, args=(phone,)) for phone in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.monotonic() - began
    return {"rate": (Scan.objects.count() - before) / seconds, "vendor": connection.vendor}


def _cpu_ms(client: Client, path: str) -> float:
    began = time.process_time()
    client.get(path)
    return (time.process_time() - began) * 1000


def _quiet(times: list[float]) -> float:
    return sorted(times)[len(times) // 10]


if __name__ == "__main__":
    django.setup()
    measured = page(sys.argv[2]) if sys.argv[1] == "page" else scans()
    print(json.dumps(measured))
