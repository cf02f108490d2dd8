"""Written text to StreamField blocks and rich text.

Paragraphs stand apart by a blank line; "## " begins a heading, "- " a list item, "> " a quotation.
"""

import re
from collections.abc import Iterator
from html import escape

Block = tuple[str, object]


def story(text: str) -> list[Block]:
    """Return the blocks of `text`: `heading`, `quote`, and `text` for what stands between them."""
    blocks: list[Block] = []
    for kind, value in _parts(text):
        if kind == "text" and blocks and blocks[-1][0] == "text":
            blocks[-1] = ("text", f"{blocks[-1][1]}{value}")
        else:
            blocks.append((kind, value))
    return blocks


def paragraphs(text: str) -> str:
    """Return `text` without headings and quotations as rich text."""
    return "".join(str(value) for kind, value in _parts(text) if kind == "text")


def _parts(text: str) -> Iterator[Block]:
    for part in re.split(r"\n\s*\n", text.strip()):
        lines = [line.strip() for line in part.splitlines()]
        if lines[0].startswith("## "):
            yield "heading", lines[0][3:]
        elif lines[0].startswith("> "):
            yield "quote", {"text": "".join(line.removeprefix("> ") for line in lines), "who": ""}
        elif lines[0].startswith("- "):
            items = "".join(f"<li>{escape(line.removeprefix('- '), quote=False)}</li>" for line in lines)
            yield "text", f"<ul>{items}</ul>"
        else:
            yield "text", f"<p>{escape(''.join(lines), quote=False)}</p>"
