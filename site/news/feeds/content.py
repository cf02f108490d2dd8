"""A post as HTML that can be read anywhere: cleaned, with absolute addresses."""

from typing import Final

import nh3
from wagtail.blocks import StreamValue

from news.feeds.blocks import RENDERERS

# what RENDERERS write and what the text editor keeps; everything else falls away, its words stay
TAGS: Final = {
    "p", "br", "hr", "h2", "h3", "h4", "strong", "b", "em", "i", "a", "ul", "ol", "li",
    "blockquote", "footer", "figure", "figcaption", "img",
    "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES: Final = {"a": {"href"}, "img": {"src", "alt", "width", "height"}}
SCHEMES: Final = {"http", "https", "mailto", "tel"}


def content(body: StreamValue, *, base: str) -> str:
    """Return the text of a post; addresses are read from `base`, the address of the post."""
    html = "\n".join(RENDERERS[block.block_type](block.value) for block in body)
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        url_relative=("rewrite_with_base", base),
        link_rel="noopener",
    )
