"""The test database: a copy of a migrated template (tests/template.py), restored after tests that commit."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import TransactionTestCase

from changes import shells
from changes.kept import kept
from cms.frame import frame
from config import ROOT
from lib.catalogues import compile_changed
from tests.template import TestDatabase, build_template

_database: TestDatabase | None = None
_committed = False


def pytest_configure(config: pytest.Config) -> None:
    """Make what all test processes share, before they start and each makes it."""
    if not hasattr(config, "workerinput"):
        compile_changed(ROOT)
        build_template()


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_test_environment: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Use a copy of the template instead of migrating."""
    global _database  # noqa: PLW0603 - the hooks below need it
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    _database = TestDatabase(worker=worker, folder=tmp_path_factory.mktemp("database"))
    _database.restore()
    # what tests commit goes with the copy: flushing every table after each would be for nothing
    TransactionTestCase._fixture_teardown = lambda test: None
    yield
    _database.drop()


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """Forget what is kept by primary key or until a change is committed: rolled-back tests commit none."""
    from shop.counting.tally import tally  # models: only once Django is set up

    cache.clear()
    frame.forget()
    kept.forget()
    shells.forget()
    tally.forget()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Restore what the last test committed or flushed: root page, metrics and roles come with migrations."""
    global _committed  # noqa: PLW0603
    if _committed and _database is not None:
        _database.restore()
    _committed = False


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Note that a test wrote outside a transaction."""
    global _committed  # noqa: PLW0603
    names = set(getattr(item, "fixturenames", ()))
    marker = item.get_closest_marker("django_db")
    _committed = bool(names & {"transactional_db", "live_server"}) or bool(
        marker and marker.kwargs.get("transaction")
    )
