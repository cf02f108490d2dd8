"""What the licence benchmark measures: `python -m tests.benchmarks.licence_parts PATH PATH …`.

The pages take turns, so that whatever else the machine does meets all of them alike.
"""

import json
import sys

import django
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.benchmarks.record_parts import _cpu_ms, _quiet

REQUESTS = 120


def measure(paths: list[str]) -> list[dict[str, float]]:
    """Return queries and CPU ms of each page: `cold` after Django's cache was emptied, and `kept`."""
    client = Client(HTTP_HOST="lucheng.localhost")
    queries = [_queries(client, path) for path in paths]
    times: list[dict[str, list[float]]] = [{"cold": [], "kept": []} for _ in paths]
    for _ in range(REQUESTS):
        for path, held in zip(paths, times, strict=True):
            cache.clear()
            held["cold"].append(_cpu_ms(client, path))
            held["kept"].append(_cpu_ms(client, path))
    return [
        {"queries": asked, **{name: _quiet(taken) for name, taken in held.items()}}
        for asked, held in zip(queries, times, strict=True)
    ]


def _queries(client: Client, path: str) -> float:
    for _ in range(5):
        answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answers {answer.status_code}")
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return len(asked)


if __name__ == "__main__":
    django.setup()
    print(json.dumps(measure(sys.argv[1:])))
