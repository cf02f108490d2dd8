"""Reading a post piece by piece: what it says, shows and leads to, each with its place.

It goes by the kind of a field, not by the name of a block: a block that comes later is read too.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page

from news.checks.findings import Place

_ADDRESS = re.compile(r"(https?://|/)\S*\Z", re.IGNORECASE)
_PARAGRAPHS = ["p", "li", "h2", "h3", "h4", "h5", "blockquote"]
# fields that say nothing a reader sees, or what their own record is answerable for
SILENT = (blocks.ChoiceBlock, blocks.BooleanBlock, blocks.ChooserBlock, DocumentChooserBlock)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One field of a block with its value; `beside` are the other fields of that block."""

    place: Place
    block: blocks.Block
    value: Any
    beside: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Link:
    """Where a post leads to: a page of ours by its key, or an address."""

    place: Place
    label: str
    page: int | None = None
    address: str = ""


def leaves(post: Any) -> Iterator[Leaf]:
    """Yield the fields of the text in reading order."""
    for number, child in enumerate(post.body, 1):
        place = Place(f"{number} · {child.block.label}", f"block-{child.id}-section")
        yield from _within(child.block, child.value, place, {})


def texts(post: Any) -> Iterator[tuple[Place, str]]:
    """Yield what the post says: title, summary, author and source first."""
    for name in ("title", "intro", "author", "source", "seo_title", "search_description"):
        if value := getattr(post, name):
            yield Place(_field_name(post, name)), value
    for leaf in leaves(post):
        if isinstance(leaf.block, blocks.RichTextBlock):
            yield from ((leaf.place, text) for text in _paragraphs(leaf.value))
        elif (
            isinstance(leaf.value, str) and not isinstance(leaf.block, SILENT) and not is_address(leaf.value)
        ):
            yield leaf.place, leaf.value


def pictures(post: Any) -> Iterator[tuple[Place, Any, str]]:
    """Yield the pictures in the text, each with the words for who cannot see it."""
    for leaf in leaves(post):
        if isinstance(leaf.block, ImageChooserBlock) and leaf.value is not None:
            yield leaf.place, leaf.value, str(leaf.beside.get("alt") or "")


def links(post: Any) -> Iterator[Link]:
    """Yield where the post leads to."""
    if getattr(post, "source_url", ""):
        yield Link(Place(_field_name(post, "source_url")), post.source, address=post.source_url)
    for leaf in leaves(post):
        if isinstance(leaf.block, blocks.RichTextBlock):
            yield from _links_in(leaf)
        elif isinstance(leaf.value, Page):
            yield Link(leaf.place, leaf.value.title, page=leaf.value.pk)
        elif isinstance(leaf.value, str) and is_address(leaf.value):
            yield Link(leaf.place, leaf.value.strip(), address=leaf.value.strip())


def is_address(text: str) -> bool:
    """Tell whether a field holds nothing but an address."""
    return bool(_ADDRESS.match(text.strip()))


def _within(block: blocks.Block, value: Any, place: Place, beside: Mapping[str, Any]) -> Iterator[Leaf]:
    if isinstance(block, blocks.StructBlock):
        for name, inner in block.child_blocks.items():
            inner_place = Place(f"{place.words} · {inner.label}", place.anchor)
            yield from _within(inner, (value or {}).get(name), inner_place, value or {})
    elif isinstance(block, blocks.ListBlock):
        for number, inner_value in enumerate(value or [], 1):
            inner_place = Place(f"{place.words} {number}", place.anchor)
            yield from _within(block.child_block, inner_value, inner_place, {})
    elif value not in (None, ""):
        yield Leaf(place, block, value, beside)


def _paragraphs(rich: Any) -> Iterator[str]:
    """Yield the paragraphs, each in one piece: a word may be half bold, and none goes over two paragraphs."""
    soup = BeautifulSoup(rich.source, "html.parser")
    found = [part for part in soup.find_all(_PARAGRAPHS) if not part.find(_PARAGRAPHS)]
    for part in found or [soup]:
        if text := part.get_text().strip():
            yield text


def _links_in(leaf: Leaf) -> Iterator[Link]:
    for anchor in BeautifulSoup(leaf.value.source, "html.parser").find_all("a"):
        kind, label = anchor.get("linktype"), anchor.get_text()
        if kind == "page":
            yield Link(leaf.place, label, page=int(str(anchor.get("id") or 0)))
        elif kind is None:
            yield Link(leaf.place, label, address=str(anchor.get("href") or ""))


def _field_name(post: Any, name: str) -> str:
    return str(post._meta.get_field(name).verbose_name)
