"""What the blocks of a stream show, to be read by the page at once: Wagtail reads anew for each block."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Model
from wagtail.blocks import ChooserBlock, ListBlock, StreamValue, StructBlock

Keys = dict[type[Model], set[int]]
Things = Mapping[type[Model], Mapping[int, Any]]


def chosen(stream: StreamValue) -> Keys:
    """Return the keys of what was chosen in the blocks, by model. No query."""
    keys: Keys = defaultdict(set)

    def note(block: ChooserBlock, key: int | None) -> None:
        if key is not None:
            keys[block.model_class].add(key)

    for raw in stream.raw_data:
        _value(stream.stream_block.child_blocks[raw["type"]], raw["value"], note)
    return keys


def filled(stream: StreamValue, things: Things) -> StreamValue:
    """Return the stream showing `things`; what is not among them is gone. No query."""

    def take(block: ChooserBlock, key: int | None) -> Any:
        return things.get(block.model_class, {}).get(key) if key is not None else None

    children = stream.stream_block.child_blocks
    shown = [
        (raw["type"], _value(children[raw["type"]], raw["value"], take), raw.get("id"))
        for raw in stream.raw_data
    ]
    return StreamValue(stream.stream_block, shown)


def _value(block: Any, raw: Any, choose: Callable[[ChooserBlock, Any], Any]) -> Any:
    """Return the value of a block as a template takes it, from what the database holds."""
    if isinstance(block, ChooserBlock):
        return choose(block, raw)
    if isinstance(block, StructBlock):
        children = block.child_blocks
        return {name: _value(children[name], raw[name], choose) for name in children if name in raw}
    if isinstance(block, ListBlock):
        return [_value(block.child_block, _item(item), choose) for item in raw]
    return block.to_python(raw)


def _item(raw: Any) -> Any:
    """Return what an item of a list holds; lists written before Wagtail 2.16 hold it bare."""
    return raw["value"] if isinstance(raw, dict) and raw.get("type") == "item" else raw
