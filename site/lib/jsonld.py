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
    """Return `<script type="application/ld+json">` with `data`, without what is empty.

    Nothing in the data can end the block: the characters that could are written as escapes.
    """
    filled = {key: value for key, value in data.items() if value not in ("", None, [], {})}
    text = json.dumps({"@context": "https://schema.org", **filled}, ensure_ascii=False, default=str)
    safe = text.translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{safe}</script>')  # noqa: S308 - escaped above
