"""Links in the text of a post: which pages they lead to, and the text with their addresses."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import escape
from wagtail.blocks import StreamValue
from wagtail.models import Page
from wagtail.rich_text import RichText, expand_db_html, features
from wagtail.rich_text.rewriters import LinkRewriter

_BETWEEN = "<!--between paragraphs-->"  # the editor's own comments never reach the database
_pages_of = LinkRewriter(reference_extractors={"page": lambda attributes: [attributes.get("id", "")]})


class LinkedText(RichText):
    """Paragraphs whose links are looked up."""

    def __init__(self, source: str, html: str) -> None:
        super().__init__(source)
        self._html = html

    def __html__(self) -> str:
        """Return them as Wagtail shows them."""
        return str(render_to_string("wagtailcore/shared/richtext.html", {"html": self._html}))


def linked(body: StreamValue) -> set[int]:
    """Return the keys of the pages the texts lead to."""
    texts = [raw["value"] for raw in body.raw_data if raw["type"] == "text"]
    return {int(key) for text in texts for key in _pages_of.extract_references(text) if key.isdecimal()}


def with_links(blocks: Sequence[Any], pages: Mapping[int, Page]) -> list[Any]:
    """Return the blocks, the texts leading to `pages`. 1 query where one leads to a document, else none."""

    def lead(links: Iterable[Mapping[str, str]]) -> list[str]:
        found = [pages.get(int(link["id"])) if link.get("id", "").isdecimal() else None for link in links]
        return [f'<a href="{escape(page.localized.url)}">' if page else "<a>" for page in found]

    others = {name: handler.expand_db_attributes_many for name, handler in features.get_link_types().items()}
    rewrite = LinkRewriter(bulk_rules={**others, "page": lead})
    texts = [block for block in blocks if block.block_type == "text"]
    parts = expand_db_html(rewrite(_BETWEEN.join(text.value.source for text in texts))).split(_BETWEEN)
    for text, html in zip(texts, parts, strict=False):
        text.value = LinkedText(text.value.source, html)
    return list(blocks)
