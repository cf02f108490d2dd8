"""Blocks editors compose pages of, shared by all apps.

`STORY_BLOCKS` are for running text (`StreamField(STORY_BLOCKS)`), rendered inside `.prose`.
"""

from cms.blocks.action import CallToActionBlock, LinkBlock
from cms.blocks.story import (
    STORY_BLOCKS,
    FactsBlock,
    HeadingBlock,
    PictureBlock,
    QuoteBlock,
    TextBlock,
)

__all__ = [
    "STORY_BLOCKS",
    "CallToActionBlock",
    "FactsBlock",
    "HeadingBlock",
    "LinkBlock",
    "PictureBlock",
    "QuoteBlock",
    "TextBlock",
]
