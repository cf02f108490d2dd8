"""A post as it is read: which block opens it, and what follows."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from wagtail.images.models import AbstractImage

from news.posts.kinds import LEAD_BLOCK, Kind

if TYPE_CHECKING:
    from news.posts.page import NewsPage


def lead_of(post: "NewsPage") -> Any | None:
    """Return the gallery or film that opens a post of its kind, None where there is none."""
    wanted = LEAD_BLOCK.get(Kind(post.kind))
    return next((block for block in post.body if block.block_type == wanted), None) if wanted else None


def blocks_in_order(post: "NewsPage") -> list[Any]:
    """Return the blocks of a post in the order they are read: the one that opens it first."""
    lead = lead_of(post)
    return ([lead] if lead else []) + [block for block in post.body if block is not lead]


def pictures_of(post: "NewsPage") -> Iterator[AbstractImage]:
    """Yield the pictures in the text of a post; one that was deleted is left out."""
    for block in post.body:
        if block.block_type == "picture" and block.value["image"]:
            yield block.value["image"]
        elif block.block_type == "gallery":
            yield from (picture["image"] for picture in block.value["pictures"] if picture["image"])


def cards_of(post: "NewsPage") -> Iterator[Any]:
    """Yield the products and courses on the cards of a post; what is gone is left out."""
    for block in post.body:
        if block.block_type == "product_card" and block.value["product"]:
            yield block.value["product"]
        elif block.block_type == "course_card" and block.value["course"]:
            yield block.value["course"]
