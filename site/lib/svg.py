"""SVG drawings that somebody uploads: an allow-list of what a still drawing needs.

SVG may carry scripts, event handlers, links, frames and references to other servers; XML may carry entities.
None of it is needed to print a logo, and a file that has it is refused, never mended: what is handed out is
what was sent.
"""

import re
from typing import IO, Final
from xml.parsers import expat

from django.core.files.base import File
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MOST_BYTES: Final = 20 * 1024 * 1024
MOST_ELEMENTS: Final = 100_000
MOST_DEPTH: Final = 60

SVG: Final = "http://www.w3.org/2000/svg"
XLINK: Final = "http://www.w3.org/1999/xlink"
# what drawing programs write for themselves; browsers draw none of it
NOTES: Final = (
    "http://www.inkscape.org/",
    "http://inkscape.sourceforge.net/",
    "http://sodipodi.sourceforge.net/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://purl.org/dc/",
    "http://creativecommons.org/ns#",
    "http://web.resource.org/cc/",
    "http://ns.adobe.com/",
    "http://www.bohemiancoding.com/sketch/",
    "http://www.serif.com/",
    "http://vectornator.io",
)
ELEMENTS: Final = frozenset(
    """
    svg g defs symbol use title desc metadata style switch view
    path rect circle ellipse line polyline polygon image marker
    text tspan textPath tref font font-face font-face-src font-face-name glyph missing-glyph hkern vkern
    linearGradient radialGradient stop pattern clipPath mask color-profile solidColor
    filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting
    feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur
    feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence
    """.split()  # noqa: SIM905 - read as words
)
_INSIDE = re.compile(r"#[^\s]*\Z")
_RASTER = re.compile(r"data:image/(?:png|jpe?g|webp)(?:;charset=[\w-]+)?;base64,[A-Za-z0-9+/=\s]*\Z")
_ADDRESS = re.compile(r"url\s*\((?!\s*['\"]?\s*#)", re.IGNORECASE)
_IMAGE = re.compile(r"(?<![\w-])(?:-webkit-)?(?:image-set|cross-fade|image|src)\s*\(", re.IGNORECASE)
_SCRIPTED = re.compile(r"(?:java|vb|live)script\s*:|expression\s*\(|-moz-binding|@import", re.IGNORECASE)
_W3C = "-//W3C//DTD SVG "
_W3C_PLACES: Final = ("http://www.w3.org/", "https://www.w3.org/")
_STYLE = f"{SVG} style"
_FREE_TEXT: Final = ("id", "class", "data-", "aria-")  # attributes no CSS is read from
_PART = 256 * 1024  # bytes given to the parser at a time

_ENTITIES = _(
    "Line %(line)s: the drawing declares entities. Export it as plain SVG, without the data of the program."
)
_OUTSIDE = _("Line %(line)s: %(name)s refers to something outside of the drawing. Embed it.")


class NotADrawing(ValueError):
    """The file is no SVG we take; `reason` is a sentence for whoever sent it."""

    def __init__(self, reason: Promise | str) -> None:
        super().__init__(str(reason))
        self.reason = reason


def check_svg(file: File | IO[bytes]) -> None:
    """Let the drawing in `file` pass, which is read in parts.

    Raises:
        NotADrawing: too large, no SVG, or it holds what a still drawing does not need; the line is named.
    """
    reader = _Reader()
    file.seek(0)
    size = 0
    while part := file.read(_PART):
        size += len(part)
        if size > MOST_BYTES:
            raise NotADrawing(_("The drawing is larger than 20 MB."))
        reader.feed(part)
    reader.close()


class _Reader:
    """Reads XML and refuses what is not on the list."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.EntityDeclHandler = self._entity
        self._parser.ProcessingInstructionHandler = self._instruction
        self._open: list[str] = []
        self._style: list[str] = []
        self._elements = 0

    def feed(self, part: bytes) -> None:
        """Read on."""
        self._parse(part, final=False)

    def close(self) -> None:
        """Read the end."""
        self._parse(b"", final=True)

    def _parse(self, part: bytes, *, final: bool) -> None:
        try:
            self._parser.Parse(part, final)
        except expat.ExpatError as error:
            if not self._elements:
                raise NotADrawing(_("This is no SVG drawing.")) from error
            words = _("Line %(line)d: the drawing is broken here. Export it again.")
            raise NotADrawing(words % {"line": error.lineno}) from error
        except (ValueError, LookupError) as error:
            if isinstance(error, NotADrawing):
                raise
            raise NotADrawing(_("Save the drawing as UTF-8; this encoding is not read.")) from error

    def _refuse(self, words: Promise | str, **named: str) -> None:
        at = {"line": str(self._parser.CurrentLineNumber), **named}
        raise NotADrawing(str(words) % at)

    def _doctype(self, name: str, system: str | None, public: str | None, inside: int) -> None:
        if inside:
            self._refuse(_ENTITIES)
        is_known = (public or "").startswith(_W3C) and (system or "").startswith(_W3C_PLACES)
        if name != "svg" or not is_known:
            self._refuse(_("Line %(line)s: a document type that is not that of SVG."))

    def _entity(self, *_declared: object) -> None:
        self._refuse(_ENTITIES)

    def _instruction(self, target: str, _data: str) -> None:
        if target != "xpacket":  # Adobe's frame around metadata
            self._refuse(_("Line %(line)s: <?%(name)s …?> refers to something outside."), name=target[:40])

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        space, __, name = tag.rpartition(" ")
        self._elements += 1
        if self._elements == 1 and (space, name) != (SVG, "svg"):
            raise NotADrawing(_("This is no SVG drawing."))
        if self._elements > MOST_ELEMENTS or len(self._open) >= MOST_DEPTH:
            self._refuse(_("Line %(line)s: the drawing has too many parts. Simplify it."))
        if self._open and self._open[-1] == _STYLE:
            # browsers read the text around it as one, so the text of each would have to be judged as one
            self._refuse(_("Line %(line)s: <%(name)s> does not belong in a drawing."), name=name[:40])
        self._open.append(tag)
        if space == SVG and name not in ELEMENTS:
            self._refuse(_("Line %(line)s: <%(name)s> does not belong in a drawing."), name=name[:40])
        if space != SVG and not space.startswith(NOTES):
            self._refuse(_("Line %(line)s: <%(name)s> is no part of SVG."), name=name[:40])
        for key, value in attributes.items():
            self._attribute(name, key, value)

    def _attribute(self, element: str, key: str, value: str) -> None:
        space, __, name = key.rpartition(" ")
        low = name.lower()
        if low.startswith("on") and not space:
            self._refuse(_("Line %(line)s: %(name)s would run a script."), name=name[:40])
        if low == "base":
            self._refuse(_OUTSIDE, name=name[:40])
        if low in {"href", "src"} and (space in {"", XLINK}) and not self._stays(element, value.strip()):
            self._refuse(_OUTSIDE, name=name[:40])
        reads_css = not space and not low.startswith(_FREE_TEXT)
        # a function written with escapes is read as what it means, also in an attribute such as `fill`
        hides = reads_css and "\\" in value and "(" in value
        self._words(value, name=name[:40], is_style=low == "style" or hides)

    def _stays(self, element: str, value: str) -> bool:
        """Tell whether a reference stays in the drawing: an element of its own, or a picture within."""
        return bool(not value or _INSIDE.match(value) or (element == "image" and _RASTER.match(value)))

    def _words(self, value: str, *, name: str, is_style: bool) -> None:
        # CSS may hide letters behind backslashes; no program writes its styles like that
        if _SCRIPTED.search(value) or (is_style and "\\" in value):
            self._refuse(_("Line %(line)s: %(name)s would run a script."), name=name)
        if _ADDRESS.search(value) or (is_style and _IMAGE.search(value)):
            self._refuse(_OUTSIDE, name=name)

    def _text(self, data: str) -> None:
        if self._open and self._open[-1] == _STYLE:
            self._style.append(data)

    def _end(self, tag: str) -> None:
        self._open.pop()
        if tag == _STYLE:
            self._words("".join(self._style), name="<style>", is_style=True)
            self._style.clear()
