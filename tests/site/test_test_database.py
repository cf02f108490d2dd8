"""The database of the tests themselves: what one commits is not there for the next."""

import os
from collections.abc import Iterator

import psycopg
import pytest

from tests.renewing import Pristine
from tests.template import copy_postgres_template, drop_postgres, is_postgres

pytestmark = pytest.mark.skipif(not is_postgres(), reason="DATABASE_URL of a PostgreSQL is not set")
CHANGES = (
    "INSERT INTO django_session VALUES ('key', 'data', now())",
    "UPDATE wagtailcore_page SET title = 'Changed'",
    "DELETE FROM accounts_role",
    "SELECT nextval('wagtailcore_page_id_seq')",
)


@pytest.fixture(scope="module")
def copy() -> Iterator[Pristine]:
    url = copy_postgres_template(f"fengtu_renewed_{os.getpid()}")
    yield Pristine.of(url)
    drop_postgres(url)


def test_rows_and_sequences_become_what_they_were(copy):
    with psycopg.connect(copy.url) as connection:
        for change in CHANGES:
            connection.execute(change)
    assert copy.again()
    found = Pristine.of(copy.url)
    assert (found.objects, found.sequences) == (copy.objects, copy.sequences)
    assert found.rows == copy.rows


def test_whoever_is_still_connected_writes_nothing_more(copy):
    with psycopg.connect(copy.url) as left:
        left.execute(CHANGES[0])
        assert copy.again()
        with pytest.raises(psycopg.OperationalError):
            left.execute("SELECT 1")


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE django_session ADD COLUMN more integer",
        "CREATE SCHEMA more",
        "ALTER TABLE django_session ALTER COLUMN session_data DROP NOT NULL",
    ],
)
def test_a_copy_whose_schema_changed_is_to_be_made_again(copy, change):
    before = Pristine.of(copy.url)
    assert before.again()
    with psycopg.connect(copy.url) as connection:
        connection.execute(change)
    assert not before.again()
