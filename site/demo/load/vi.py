"""The VI library: assets made of each county's own drawings, in versions, with colours, do and don't."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image

from accounts.models import User
from brand.models import VIAsset, VICategory, VIColour, VIExample, VIVersion
from brand.vi.drafting import add_file, begin_version
from brand.vi.publishing import publish_version, withdraw_asset
from brand.vi.reading import read_file
from demo.load.artwork import application, basic
from demo.load.artwork.formats import as_cmyk, as_pdf, as_png, as_zip
from demo.load.artwork.kit import Kit
from demo.load.content import SHARED, read
from demo.load.county import County
from demo.load.people import login

_SCENES = {"basic": basic, "application": application}
_DO = {"on_paper": "浅底上，四边留够空", "on_brand": "深底上用反白的一版"}
_DONT = {
    "stretched": "不拉宽，不压扁",
    "recoloured": "不换颜色",
    "tilted": "不歪着放",
    "on_drawing": "不压在图上",
}


def add_vi(county: County) -> None:
    """Add the library; pictures of it are drawn by the worker once the county is there."""
    kit = Kit(county.slug, county.words["brand"], county.words["association"])
    categories = {category.slug: category for category in VICategory.objects.all()}
    officer = User.objects.get(email=login("brand_officer"))
    examples = _examples(kit)
    for position, words in enumerate(read(SHARED, "vi")["asset"]):
        asset = _asset(county, words, category=categories[words["category"]], position=position)
        if words.get("colours"):
            _add_colours(county, kit, asset)
        if words.get("examples"):
            _add_examples(asset, examples)
        _add_versions(county, kit, asset, words, officer=officer)
        if words.get("state") == "withdrawn":
            at = county.calendar.moment(5, "10:00")
            withdraw_asset(asset=asset, reason=words["reason"], by=officer, at=at)


def _asset(county: County, words: dict[str, Any], *, category: VICategory, position: int) -> VIAsset:
    filled = {"brand": county.words["brand"], "name": county.region.name}
    sizes = {name: words.get(name) for name in ("clear_space", "least_mm", "least_px")}
    asset = VIAsset.objects.create(
        region=county.region,
        category=category,
        slug=words["slug"],
        title=words["title"].format(**filled),
        keywords=words["keywords"],
        summary=words["summary"].format(**filled),
        access=words["access"],
        position=position,
        **sizes,
    )
    asset.products.set(list(county.products.values())[: words.get("products", 0)])
    return asset


def _add_colours(county: County, kit: Kit, asset: VIAsset) -> None:
    for order, words in enumerate(county.content("vi")["colour"]):
        value = kit.ink(words.pop("token"))
        VIColour.objects.create(asset=asset, sort_order=order, hex=value, cmyk=_print_ink(value), **words)


def _print_ink(value: str) -> str:
    """Return the plain sum of a colour in percent of the four inks; a printer's profile knows better."""
    red, green, blue = (int(value[at : at + 2], 16) / 255 for at in (1, 3, 5))
    black = 1 - max(red, green, blue)
    rest = [(1 - black - part) / (1 - black) if black < 1 else 0 for part in (red, green, blue)]
    return " ".join(str(round(100 * part)) for part in (*rest, black))


def _examples(kit: Kit) -> list[tuple[str, str, bytes]]:
    """Return kind, words and picture of what is done and what is not; drawn once for a county."""
    kinds = [(VIExample.Kind.DO, _DO), (VIExample.Kind.DONT, _DONT)]
    return [
        (kind, words, _jpeg(as_png(getattr(basic, name)(kit), title=words)))
        for kind, shown in kinds
        for name, words in shown.items()
    ]


def _jpeg(png: bytes) -> bytes:
    out = BytesIO()
    with Image.open(BytesIO(png)) as image:
        image.convert("RGB").resize((600, 420)).save(out, "JPEG", quality=85)
    return out.getvalue()


def _add_examples(asset: VIAsset, examples: list[tuple[str, str, bytes]]) -> None:
    for order, (kind, words, picture) in enumerate(examples):
        example = VIExample(asset=asset, sort_order=order, kind=kind, words=words)
        example.picture.save(f"{asset.slug}-{order}.jpg", ContentFile(picture), save=True)


def _add_versions(county: County, kit: Kit, asset: VIAsset, words: dict[str, Any], *, officer: User) -> None:
    """Add a version for each day named, and where there is none the draft of the first."""
    for number, notes in enumerate(words["notes"]):
        days = words["days"][number] if words["days"] else 2
        at = county.calendar.moment(days, "15:20")
        version = begin_version(asset=asset, by=officer, at=at)
        version.notes = notes
        version.save(update_fields=["notes"])
        for name, content in _files(kit, asset, words, version):
            file = ContentFile(content, name=name)
            add_file(version=version, content=file, facts=read_file(file, name=name), by=officer, at=at)
        if words["days"]:
            publish_version(version=version, by=officer, at=at)


def _files(
    kit: Kit, asset: VIAsset, words: dict[str, Any], version: VIVersion
) -> Iterator[tuple[str, bytes]]:
    """Make the files of a version: the newest in all formats, older ones in the first alone."""
    scene, __, name = words["drawing"].partition(".")
    svg = getattr(_SCENES[scene], name)(kit)
    stem = f"{asset.title.replace('·', '-')}-v{version.number}"
    is_newest = version.number == len(words["notes"])
    wanted = words["formats"] if is_newest else words["formats"][:1]
    for each in wanted:
        title = f"{stem} {each.upper()}" if is_newest else f"{stem} {each.upper()} old"
        if each == "svg":
            yield f"{stem}.svg", svg.encode()
        elif each in {"pdf", "ai"}:
            yield f"{stem}.{each}", as_pdf(svg, title=title)
        elif each == "png":
            yield f"{stem}.png", as_png(svg, title=title)
        elif each == "cmyk":
            yield f"{stem}-四色.tif", as_cmyk(as_png(svg, title=title))
        else:
            parts = {f"{asset.slug}.svg": svg.encode(), "大地纹.svg": basic.pattern(kit).encode()}
            yield f"{stem}.zip", as_zip(parts)
