"""Photographs in the formats and widths a visitor's browser can choose from."""

from typing import Any

from django.utils.safestring import SafeString
from wagtail.images.models import AbstractImage, Picture

# The frame of the drawing is the frame of the photograph: width : height
SHAPES = {"wide": (16, 10), "plate": (4, 3), "square": (1, 1), "cover": (47, 20), "": None}
WIDTHS = (480, 960, 1600)
FORMATS = ("avif", "webp", "jpeg")


def picture(
    image: AbstractImage | None,
    *,
    shape: str = "",
    sizes: str = "100vw",
    alt: str | None = None,
    first: bool = False,
) -> SafeString:
    """Return `<picture>` of `image` as AVIF, WebP and JPEG in three widths, "" without an image.

    `shape` crops to a frame of SHAPES around the focal point; `sizes` is what HTML calls so; `first` is for
    the picture that is seen at once, all others load when they come near.
    """
    if image is None:
        return SafeString("")
    attributes: dict[str, Any] = {"sizes": sizes, "decoding": "async"}
    attributes |= {"fetchpriority": "high"} if first else {"loading": "lazy"}
    if alt is not None:
        attributes["alt"] = alt
    renditions = image.get_renditions(*specifications(shape))
    return SafeString(str(Picture(renditions, attributes)))


def specifications(shape: str) -> list[str]:
    """Return the rendition specifications of a shape, for prefetching and for making them ahead."""
    return [f"{_size(shape, width)}|format-{kind}" for kind in FORMATS for width in WIDTHS]


def _size(shape: str, width: int) -> str:
    ratio = SHAPES[shape]
    return f"fill-{width}x{width * ratio[1] // ratio[0]}" if ratio else f"width-{width}"
