"""A change is told if and only if it was committed."""

import threading
import time

import pytest
from django.db import transaction

from changes import version
from changes.models import Change
from changes.outbox import record
from tests.factories.brand import RegionFactory


@pytest.mark.django_db
def test_a_change_names_the_thing_and_the_county() -> None:
    region = RegionFactory()
    change = record(region, region=region.slug)
    assert (change.thing, change.kind, change.region) == (f"brand.region:{region.pk}", "saved", region.slug)


@pytest.mark.django_db(transaction=True)
def test_a_change_is_seen_once_it_is_committed_and_not_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(version, "_seen", 0)
    region = RegionFactory()
    with transaction.atomic():
        change = record(region)
        assert version.seen() < change.pk
    assert version.seen() == change.pk


@pytest.mark.django_db(transaction=True)
def test_a_change_that_was_rolled_back_was_never_told() -> None:
    region = RegionFactory()
    before = version.seen()
    with pytest.raises(RuntimeError), transaction.atomic():
        record(region)
        raise RuntimeError
    assert version.seen() == before
    assert not Change.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_change_of_another_process_is_seen_within_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(version, "_seen", 0)
    change = Change.objects.create(thing="brand.region:1", kind=Change.Kind.SAVED)
    stop = threading.Event()
    follower = threading.Thread(target=version.follow, args=(stop,))
    follower.start()
    until = time.monotonic() + 1.0
    while version.seen() < change.pk and time.monotonic() < until:
        time.sleep(0.02)
    stop.set()
    follower.join()
    assert version.seen() == change.pk
