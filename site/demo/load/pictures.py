"""The sample pictures of media/sample as pictures of the library."""

from pathlib import Path

from django.core.files.images import ImageFile
from wagtail.images.models import Image

from brand.themes import theme
from config import ROOT
from record.photos import SPEC

FOLDER = ROOT / "media" / "sample"
TITLES = {
    "weighing-slip": "过磅单（示例）",
    "residue-slip": "速测条（示例）",
    "label-sheet": "一件一码（示例）",
}


def sample_pictures() -> dict[str, Image]:
    """Return the pictures by name of file, adding those the library lacks, at the size of a record."""
    return {name: _picture(FOLDER / f"{name}.webp", title) for name, title in TITLES.items()}


def seal(slug: str) -> Image:
    """Return the seal of a county as a picture of the library, made from its theme."""
    return _kept(ROOT / "themes" / slug / "art" / "icon-512.png", f"{theme(slug).name}的印（示例）")


def land_picture(slug: str) -> Image:
    """Return the drawn land of a county as a picture of the library."""
    return _kept(FOLDER / f"camera-{slug}.webp", f"{theme(slug).name}的地（画，示例）")


def _picture(path: Path, title: str) -> Image:
    image = _kept(path, title)
    image.get_rendition(SPEC)
    return image


def _kept(path: Path, title: str) -> Image:
    image = Image.objects.filter(title=title).first()
    if image is None:
        with path.open("rb") as file:
            image = Image(title=title, file=ImageFile(file, name=path.name))
            image.save()
    image.get_file_hash()
    image.get_file_size()
    return image
