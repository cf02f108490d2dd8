"""A drawing in the formats that printers ask for."""

import zipfile
from io import BytesIO

import typst
from PIL import Image

_SOURCE = """
#set document(title: sys.inputs.title)
#set page(width: auto, height: auto, margin: 0pt, fill: none)
#image(bytes(sys.inputs.art), format: "svg", width: 420pt)
"""
SIDE = 720  # px of a PNG's width


def as_pdf(svg: str, *, title: str) -> bytes:
    """Return it as PDF; the title tells an .ai from a .pdf."""
    return _compiled(svg, title=title, format="pdf")


def as_png(svg: str, *, title: str) -> bytes:
    """Return it as PNG on nothing."""
    return _compiled(svg, title=title, format="png")


def as_cmyk(png: bytes) -> bytes:
    """Return a PNG as TIFF in print colours, packed without loss."""
    with Image.open(BytesIO(png)) as image:
        ground = Image.new("RGBA", image.size, "white")
        flat = Image.alpha_composite(ground, image.convert("RGBA")).convert("CMYK")
    out = BytesIO()
    flat.save(out, "TIFF", compression="tiff_lzw", dpi=(300, 300))
    return out.getvalue()


def as_zip(files: dict[str, bytes]) -> bytes:
    """Return files as one archive."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _compiled(svg: str, *, title: str, format: str) -> bytes:
    made = typst.compile(  # type: ignore[call-overload]  # its stub cannot tell what a source of bytes is
        _SOURCE.encode(),
        format=format,
        ignore_system_fonts=True,  # words are outlines already: no font is read
        sys_inputs={"art": svg, "title": title},
        ppi=72 * SIDE / 420,
        timestamp=0,
    )
    return bytes(made[0] if isinstance(made, list) else made)
