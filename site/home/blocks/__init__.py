"""Blocks an editor composes the home page of."""

from home.blocks.columns import ColumnsBlock
from home.blocks.hero import HeroBlock
from home.blocks.lookup import BrandActionBlock, ScanBlock
from home.blocks.places import LiveBlock
from home.blocks.products import ProductsBlock
from home.blocks.story import StoryBlock

HOME_BLOCKS = [
    ("hero", HeroBlock()),
    ("scan", ScanBlock()),
    ("live", LiveBlock()),
    ("products", ProductsBlock()),
    ("story", StoryBlock()),
    ("columns", ColumnsBlock()),
    ("action", BrandActionBlock()),
]

__all__ = [
    "HOME_BLOCKS",
    "BrandActionBlock",
    "ColumnsBlock",
    "HeroBlock",
    "LiveBlock",
    "ProductsBlock",
    "ScanBlock",
    "StoryBlock",
]
