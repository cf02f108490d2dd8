"""Structured data for search engines (JSON-LD, schema.org) as a block that is data, never script."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils.safestring import SafeString, mark_safe

_ESCAPES = {
    ord("<"): "\\u003c",
    ord(">"): "\\u003e",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}


def jsonld_block(data: Mapping[str, Any]) -> SafeString:
    """Return `<script type="application/ld+json">` with `data`, without what is empty at any depth.

    Nothing in the data can end the block: the characters that could are written as escapes.
    """
    text = json.dumps({"@context": "https://schema.org", **_filled(data)}, ensure_ascii=False, default=str)
    safe = text.translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{safe}</script>')  # noqa: S308 - escaped above


def _filled(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _filled(inner) for key, inner in value.items() if inner not in ("", None, [], {})}
    return [_filled(inner) for inner in value] if isinstance(value, list) else value
