"""Blocks of the pages of the brand."""

from association.blocks.brand import (
    FilmBlock,
    MascotBlock,
    MemberBrandsBlock,
    TimelineBlock,
    ValuesBlock,
)
from association.blocks.press import PressFilesBlock, PressMarksBlock, PressPicturesBlock, PressWordsBlock

__all__ = [
    "FilmBlock",
    "MascotBlock",
    "MemberBrandsBlock",
    "PressFilesBlock",
    "PressMarksBlock",
    "PressPicturesBlock",
    "PressWordsBlock",
    "TimelineBlock",
    "ValuesBlock",
]
