"""The record of a batch in the cache: kept by its version, and by the shape of what is kept."""

import dataclasses
import typing
from dataclasses import dataclass, make_dataclass

import pytest
from django.core.cache import cache

from lib.shapes import shape_of
from record import timeline
from record.timeline import BatchRecord, batch_record
from tests.factories.record import BatchFactory, event

pytestmark = pytest.mark.django_db


def test_a_class_with_another_field_has_another_shape():
    before = make_dataclass("Thing", [("name", str)])
    after = make_dataclass("Thing", [("name", str), ("colour", str, "")])
    assert shape_of(before) == shape_of(make_dataclass("Thing", [("name", str)])) != shape_of(after)


def test_every_class_that_is_kept_counts(monkeypatch):
    counted = []
    timeline._shape.cache_clear()
    monkeypatch.setattr(timeline, "shape_of", lambda *kept: counted.extend(kept) or "x")
    timeline._shape()
    timeline._shape.cache_clear()
    assert set(_reached(BatchRecord)) == set(counted)


def test_what_a_program_of_another_shape_kept_is_not_read(monkeypatch):
    batch = BatchFactory()
    event(batch, title="采收")
    batch.refresh_from_db()
    monkeypatch.setattr(timeline, "_shape", lambda: "before")
    assert len(batch_record(batch).entries) == 1
    monkeypatch.undo()
    poisoned = [key for key in cache._cache if ":before:" in key]
    assert len(poisoned) == 1
    cache._cache[poisoned[0]] = cache._cache[poisoned[0]][:-4]  # would not even unpickle
    assert len(batch_record(batch).entries) == 1


def _reached(kept: type, seen: set[type] | None = None) -> set[type]:
    """Return the dataclasses that the fields of `kept` are made of."""
    seen = set() if seen is None else seen
    if kept in seen or not dataclasses.is_dataclass(kept):
        return seen
    seen.add(kept)
    for hint in typing.get_type_hints(kept).values():
        for part in _parts(hint):
            _reached(part, seen)
    return seen


def _parts(hint):
    yield hint
    for argument in typing.get_args(hint):
        yield from _parts(argument)


@dataclass
class _Inner:
    name: str


@dataclass
class _Outer:
    inner: tuple[_Inner, ...]


def test_the_search_for_classes_finds_nested_ones():
    assert _reached(_Outer) == {_Outer, _Inner}
