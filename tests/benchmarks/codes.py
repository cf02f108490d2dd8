"""Issuing 1,000,000 codes for a batch into PostgreSQL, in seconds. Needs DATABASE_URL of a PostgreSQL."""

import os
import time

import django
import psycopg
from django.utils import timezone

from tests.template import build_template, copy_postgres_template, is_postgres

COUNT, LIMIT_S = 1_000_000, 60.0
_DATABASE = "fengtu_bench_codes"


def run(*, count: int = COUNT) -> list[dict[str, object]]:
    """Return the rows; none without PostgreSQL."""
    if not is_postgres():
        print("DATABASE_URL is no PostgreSQL: left out")
        return []
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    build_template()
    url = copy_postgres_template(_DATABASE)
    _use(_DATABASE)
    try:
        seconds, stored = _issue(count)
    finally:
        _drop(url)
    return [
        {
            "name": f"{count:,} codes for a batch into PostgreSQL",
            "value": seconds,
            "unit": "s",
            "limit": LIMIT_S,
            "peer": None,
            "holds": seconds <= LIMIT_S and stored == count,
        }
    ]


def _issue(count: int) -> tuple[float, int]:
    from record.codes.issuing import issue_codes
    from record.models import Code
    from tests.factories.record import BatchFactory

    batch = BatchFactory()
    start = time.perf_counter()
    issue_codes(product=batch.product, batch=batch, quantity=count, at=timezone.now())
    return time.perf_counter() - start, Code.objects.filter(batch=batch).count()


def _use(name: str) -> None:
    from django.db import connection

    connection.close()
    connection.settings_dict["NAME"] = name


def _drop(url: str) -> None:
    from django.db import connection

    connection.close()
    with psycopg.connect(f"{url.rpartition('/')[0]}/postgres", autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{_DATABASE}" WITH (FORCE)')
