"""Photos of reviews (晒图): kept apart until somebody looked at them, then copied small for everybody."""

from io import BytesIO
from secrets import token_hex
from typing import Any, Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageOps

from shop.catalogue.reviews.models import ProductReview, ReviewPhoto

FOLDER: Final = "reviews"
SMALL, LARGE = 240, 1280  # px a side; the small one is square
FORMATS: Final = {"avif": {"quality": 60, "speed": 8}, "webp": {"quality": 78}, "jpg": {"quality": 80}}
_PIL = {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG"}


def publish(review: ProductReview) -> None:
    """Make the public copies of a review's photos. Slow: outside of any transaction."""
    for photo in review.photos.filter(public=""):
        name = token_hex(12)
        with photo.file.open("rb") as file, Image.open(file) as image:
            image.load()
            _write(ImageOps.fit(image, (SMALL, SMALL)), f"{name}/{SMALL}")
            image.thumbnail((LARGE, LARGE))
            _write(image, f"{name}/{LARGE}")
        # compare-and-set: of two that approve at once one set of copies is shown, the other goes
        if not ReviewPhoto.objects.filter(pk=photo.pk, public="").update(public=name):
            _take_away(name)


def withdraw(review: ProductReview) -> None:
    """Take the public copies away again; the pictures themselves stay where they were."""
    for photo in review.photos.exclude(public=""):
        ReviewPhoto.objects.filter(pk=photo.pk).update(public="")
        _take_away(photo.public)


def copies(photo: ReviewPhoto) -> dict[str, Any]:
    """Return the addresses of a photo's public copies: by format for the small one, the large one as JPEG."""
    small = {kind: default_storage.url(f"{FOLDER}/{photo.public}/{SMALL}.{kind}") for kind in FORMATS}
    return {
        "small": small,
        "large": default_storage.url(f"{FOLDER}/{photo.public}/{LARGE}.webp"),
        "side": SMALL,
    }


def _write(image: Image.Image, name: str) -> None:
    for kind, options in FORMATS.items():
        out = BytesIO()
        image.save(out, _PIL[kind], **options)
        default_storage.save(f"{FOLDER}/{name}.{kind}", ContentFile(out.getvalue()))


def _take_away(name: str) -> None:
    for side in (SMALL, LARGE):
        for kind in FORMATS:
            default_storage.delete(f"{FOLDER}/{name}/{side}.{kind}")
