"""Engineering files are what their content is; what is dangerous or broken is refused with the reason."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from brand.vi.reading import NotTaken, read_file
from brand.vi.versions import VIFormat
from lib.documents import NotADocument, read_document
from lib.svg import NotADrawing, check_svg

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">\n'


def svg(body: str = '<path d="M0 0h9v9z"/>', *, before: str = "") -> bytes:
    return f"{before}{HEAD}{body}</svg>".encode()


def pdf(body: str = "字") -> bytes:
    made = typst.compile(f"#set page(width: 100mm, height: 50mm)\n{body}".encode(), format="pdf")
    return bytes(made)


def picture(kind: str, mode: str = "RGB", size: tuple[int, int] = (40, 30)) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, 0).save(out, kind)
    return out.getvalue()


def packed(*entries: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return out.getvalue()


def read(content: bytes, name: str) -> Any:
    return read_file(io.BytesIO(content), name=name)


@pytest.mark.parametrize(
    ("content", "name", "found", "is_cmyk"),
    [
        (svg, "标志.svg", VIFormat.SVG, False),
        (pdf, "标志.pdf", VIFormat.PDF, False),
        (lambda: pdf("#rect(fill: cmyk(80%, 10%, 90%, 0%))"), "印刷.pdf", VIFormat.PDF, True),
        (pdf, "标志.ai", VIFormat.AI, False),
        (lambda: picture("PNG"), "标志.PNG", VIFormat.PNG, False),
        (lambda: picture("JPEG"), "标志.jpeg", VIFormat.JPG, False),
        (lambda: picture("JPEG", "CMYK"), "印刷.jpg", VIFormat.JPG, True),
        (lambda: picture("TIFF", "CMYK"), "印刷.tif", VIFormat.TIFF, True),
        (lambda: packed(("标志.svg", svg())), "一包.zip", VIFormat.ZIP, False),
    ],
)
def test_a_file_is_what_its_content_is(content: Callable[[], bytes], name: str, found: str, is_cmyk: bool):
    facts = read(content(), name)
    assert (facts.format, facts.is_cmyk) == (found, is_cmyk)
    assert facts.size == len(content()) or found in {VIFormat.PDF, VIFormat.AI}
    assert len(facts.sha256) == 64


def test_a_pdf_tells_its_pages_in_millimetres():
    facts = read(pdf("a #pagebreak() b"), "a.pdf")
    assert (facts.pages, facts.width, facts.height) == (2, 100, 50)


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (pdf, "标志.png", "PNG"),
        (lambda: picture("PNG"), "标志.svg", "SVG"),
        (svg, "标志.ai", "AI"),
        (lambda: b"MZ\x90\0program", "标志.png", "PNG"),
        (lambda: b"%!PS-Adobe-3.0\n", "标志.ai", "PostScript"),
        (lambda: b"", "标志.svg", "空"),
        (svg, "标志.exe", "SVG、AI、PDF"),
        (svg, "没有后缀", "SVG、AI、PDF"),
        (lambda: picture("PNG")[:-20], "断了.png", "坏了"),
        (lambda: pdf()[:-1500], "断了.pdf", "断"),
        (lambda: b"%PDF-1.7\nnothing\n%%EOF", "坏的.pdf", "坏了"),
        (lambda: picture("PNG", "1", (9_100, 9_000)), "太大.png", "8000"),
    ],
)
def test_what_is_not_what_it_says_is_refused(content: Callable[[], bytes], name: str, says: str):
    with pytest.raises(NotTaken) as refused:
        read(content(), name)
    assert says in str(refused.value)


def test_names_keep_nothing_that_a_system_cannot_write():
    assert read(svg(), "C:\\fake\\..\\标志?<1>.SVG").name == "标志1.svg"
    assert len(read(svg(), "长" * 300 + ".svg").name) <= 120


# --- SVG ----------------------------------------------------------------------------------------------

DANGEROUS = [
    "<script>alert(1)</script>",
    '<g onload="alert(1)"/>',
    '<g ONCLICK="alert(1)"/>',
    '<a href="javascript:alert(1)"><path d=""/></a>',
    "<foreignObject/>",
    '<use href="http://evil.example/x.svg#a"/>',
    '<use xlink:href="//evil.example/x.svg#a"/>',
    '<image href="http://evil.example/pixel.png"/>',
    '<image href="data:image/svg+xml;base64,AAAA"/>',
    '<image href="file:///etc/passwd"/>',
    "<style>@import url(http://evil.example/x.css);</style>",
    "<style>g { fill: url(http://evil.example/x) }</style>",
    "<style>g { fill: u\\72l(http://evil.example/x) }</style>",
    "<style><![CDATA[@im]]><![CDATA[port 'x']]></style>",
    '<g style="fill: url( //evil.example/x )"/>',
    '<g fill="url(http://evil.example/x#a)"/>',
    '<set attributeName="href" to="javascript:alert(1)"/>',
    '<animate attributeName="href" values="javascript:alert(1)"/>',
    '<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>',
    '<g xml:base="http://evil.example/"/>',
    "<iframe src='http://evil.example'/>",
    "<style>@imp<style/>ort 'http://evil.example/x.css';</style>",  # browsers read the text as one
    '<g fill="\\75rl(http://evil.example/x)"/>',
    "<style>svg { background: image-set('http://evil.example/x.png' 1x) }</style>",
    "<g style=\"background: image-set('http://evil.example/x.png' 1x)\"/>",
]


@pytest.mark.parametrize("body", DANGEROUS)
def test_a_drawing_that_is_not_still_is_refused_with_its_line(body: str):
    with pytest.raises(NotTaken, match="第 2 行"):
        read(svg(body), "标志.svg")


@pytest.mark.parametrize(
    "before",
    [
        '<!DOCTYPE svg [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]>',
        '<!DOCTYPE svg SYSTEM "http://evil.example/x.dtd">',
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://evil.example/x.dtd">',
        '<?xml-stylesheet href="http://evil.example/x.css"?>',
    ],
)
def test_entities_and_foreign_styles_are_refused(before: str):
    with pytest.raises(NotTaken, match="第 1 行"):
        read(svg(before=before), "标志.svg")


@pytest.mark.parametrize(
    "body",
    [
        '<defs><linearGradient id="a"><stop offset="0"/></linearGradient></defs><path fill="url(#a)" d=""/>',
        '<image href="data:image/png;base64,AAAA"/>',
        "<style>.a { fill: url(#b) }</style>",
        """<g fill="url('#b')" clip-path="url( #b )"/>""",
        '<g id="a\\b(c)" data-name="C:\\art (1)"/>',
        '<g xmlns:i="http://www.inkscape.org/namespaces/inkscape" i:label="x"/>',
        "<text>http://example.com</text>",
    ],
)
def test_what_a_still_drawing_needs_passes(body: str):
    assert read(svg(body), "标志.svg").format == VIFormat.SVG


def test_the_doctype_of_old_exports_passes():
    doctype = (
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    )
    assert read(svg(before=doctype), "标志.svg").format == VIFormat.SVG


def test_drawings_without_end_are_refused():
    with pytest.raises(NotTaken):
        read(svg("<g>" * 70 + "</g>" * 70), "深.svg")
    with pytest.raises(NotTaken):
        read(svg("<g/>" * 100_001), "多.svg")


@given(st.binary(max_size=400))
def test_the_reader_of_drawings_answers_anything(content: bytes):
    for found in (content, HEAD.encode() + content + b"</svg>"):
        try:
            check_svg(io.BytesIO(found))
        except NotADrawing as refused:
            assert str(refused)


# --- PDF and ZIP --------------------------------------------------------------------------------------


def written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_pdf_that_runs_something_is_refused():
    writer = PdfWriter(io.BytesIO(pdf()))
    act = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(act)
    with pytest.raises(NotTaken, match="脚本"):
        read(written(writer), "a.pdf")


SCRIPT = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}


def on_the_page(writer: PdfWriter, act: DictionaryObject) -> None:
    writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): act})


def behind_a_link(writer: PdfWriter, act: DictionaryObject) -> None:
    link = {NameObject("/Subtype"): NameObject("/Link"), NameObject("/A"): act}
    writer.pages[0][NameObject("/Annots")] = ArrayObject([DictionaryObject(link)])


def after_another(writer: PdfWriter, act: DictionaryObject) -> None:
    first = {NameObject("/S"): NameObject("/GoTo"), NameObject("/Next"): ArrayObject([act])}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(first)


@pytest.mark.parametrize("hide", [on_the_page, behind_a_link, after_another])
def test_a_script_is_found_wherever_it_hides_also_in_papers(hide):
    writer = PdfWriter(io.BytesIO(pdf()))
    hide(writer, DictionaryObject(SCRIPT))
    with pytest.raises(NotTaken, match="脚本"):
        read(written(writer), "a.pdf")
    with pytest.raises(NotADocument, match="脚本"):
        read_document(io.BytesIO(written(writer)))


def test_a_locked_pdf_and_one_that_carries_files_are_refused():
    locked = PdfWriter(io.BytesIO(pdf()))
    locked.encrypt("geheim", algorithm="RC4-128")
    with pytest.raises(NotTaken, match="密码"):
        read(written(locked), "a.pdf")
    loaded = PdfWriter(io.BytesIO(pdf()))
    loaded.add_attachment("a.exe", b"MZ")
    with pytest.raises(NotTaken, match="夹带"):
        read(written(loaded), "a.pdf")


def linking() -> bytes:
    """A link to a place outside, through which the next entry would be written."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("logo")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc")
    return out.getvalue()


def overlapping() -> bytes:
    """Two entries of the list that point at the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.svg", svg())
        twin = zipfile.ZipInfo("b.svg")
        first = archive.filelist[0]
        for name in ("header_offset", "CRC", "compress_size", "file_size"):
            setattr(twin, name, getattr(first, name))
        archive.filelist.append(twin)
    return out.getvalue()


def lying() -> bytes:
    """An entry that says it is smaller than it is."""
    content = packed(("a.svg", svg() * 100))
    size = len(svg() * 100).to_bytes(4, "little")
    return content.replace(size, (10).to_bytes(4, "little"))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (lambda: packed(("零.bin", b"\0" * 30_000_000)), "炸弹"),
        (lambda: packed(("里面.zip", packed(("a.svg", svg())))), "压缩包里的压缩包"),
        (lambda: packed(("看似.svg", packed(("a.svg", svg())))), "压缩包里的压缩包"),
        (lambda: packed(("../../etc/passwd", b"x")), "文件夹外面"),
        (lambda: packed(("../", b""), ("a.svg", svg())), "文件夹外面"),
        (linking, "文件夹外面"),
        (lambda: packed(("装.exe", b"MZ")), "程序"),
        (lambda: packed(("装.exe .", b"MZ")), "程序"),  # Windows unpacks it without the end
        (lambda: packed(*((f"{n}.svg", b"x") for n in range(1_001))), "1000"),
        (packed, "空"),
        (lambda: packed(("a.svg", svg()))[:-30], "坏了"),
        (overlapping, "共用"),
        (lying, "坏了"),
    ],
)
def test_a_zip_bomb_is_refused(content: Callable[[], bytes], says: str):
    with pytest.raises(NotTaken) as refused:
        read(content(), "一包.zip")
    assert says in str(refused.value)
