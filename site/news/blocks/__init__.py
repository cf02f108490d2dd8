"""Blocks a post is written with.

Whoever renders posts for another reader (WeChat, feeds, checks) has a renderer for each name here; a test of
its own holds it to `block_names()`.
"""

from cms.blocks import (
    CallToActionBlock,
    FactsBlock,
    HeadingBlock,
    PictureBlock,
    QuoteBlock,
    TextBlock,
)
from news.blocks.calls import LicenceCallBlock
from news.blocks.cards import BaseLiveBlock, CourseCardBlock, ProductCardBlock
from news.blocks.film import VideoBlock
from news.blocks.gallery import GalleryBlock
from news.blocks.groups import ACTIONS
from news.blocks.papers import AttachmentBlock, TableBlock

POST_BLOCKS = [
    ("heading", HeadingBlock()),
    ("text", TextBlock()),
    ("picture", PictureBlock()),
    ("gallery", GalleryBlock()),
    ("quote", QuoteBlock()),
    ("table", TableBlock()),
    ("attachment", AttachmentBlock()),
    ("video", VideoBlock()),
    ("facts", FactsBlock()),
    ("product_card", ProductCardBlock()),
    ("base_live", BaseLiveBlock()),
    ("course_card", CourseCardBlock()),
    ("licence_call", LicenceCallBlock()),
    ("action", CallToActionBlock(group=ACTIONS)),
]


def block_names() -> set[str]:
    """Return the names of all blocks a post may hold."""
    return {name for name, _block in POST_BLOCKS}


__all__ = ["POST_BLOCKS", "block_names"]
