"""A typeface embedded in a PDF as the subset of the characters that were used (ISO 32000-1 §9.7).

The TrueType tables are read and cut by reportlab; the font is addressed by glyph number, so that any number
of Chinese characters fits one font.
"""

from collections.abc import Iterator
from pathlib import Path

from reportlab.pdfbase.ttfonts import TTFontFile

from record.labels.pdf import PdfWriter, number

_PACKAGE = Path("node_modules") / "@expo-google-fonts" / "noto-sans-sc"
_FILES = {
    "Regular": _PACKAGE / "400Regular" / "NotoSansSC_400Regular.ttf",
    "Bold": _PACKAGE / "700Bold" / "NotoSansSC_700Bold.ttf",
}
_CMAP_BLOCK = 100  # entries a block of a character map may hold


class FontMissing(RuntimeError):
    """The font files are not there: the front-end packages were not installed."""


class Typeface:
    """One weight of Noto Sans SC: measures text, turns it into glyph numbers, writes itself at the end."""

    def __init__(self, *, weight: str, root: Path) -> None:
        """Read the font of `weight` under the project folder `root`.

        Raises:
            FontMissing: naming the command that brings it.
        """
        path = root / _FILES[weight]
        if not path.is_file():
            raise FontMissing(f"{path} is missing: run `npm ci` in {root}, which installs the fonts")
        self._file = TTFontFile(str(path))
        self._name = f"FENGTU+NotoSansSC-{weight}"
        self._codes: dict[str, int] = {}
        self._characters: list[str] = []
        self._by_glyph: dict[int, int] = {}

    def code(self, character: str) -> int:
        """Return the glyph number `character` has in the subset, 0 (an empty box) if the font lacks it."""
        found = self._codes.get(character)
        return found if found is not None else self._admit(character)

    def _admit(self, character: str) -> int:
        """Add a character; two characters with one glyph share its number, as the subset will number them."""
        glyph = self._file.charToGlyph.get(ord(character), 0)
        if glyph and glyph not in self._by_glyph:
            self._characters.append(character)
            self._by_glyph[glyph] = len(self._characters)
        self._codes[character] = self._by_glyph.get(glyph, 0)
        return self._codes[character]

    def advance(self, character: str) -> float:
        """Return the width of `character` in thousandths of the type size."""
        return float(self._file.charWidths.get(ord(character), self._file.defaultWidth))

    def width(self, text: str, *, size: float) -> float:
        """Return the width of `text` at `size`, in the unit of `size`."""
        return sum(map(self.advance, text)) * size / 1000

    def shown(self, text: str) -> str:
        """Return the operator that shows `text`."""
        return f"<{''.join(f'{self.code(character):04X}' for character in text)}> Tj"

    def shown_evenly(self, text: str, *, pitch: float) -> str:
        """Return the operator that shows `text` with every character `pitch` thousandths of the size wide."""
        parts, before = [], 0.0
        for character in text:
            half = (self.advance(character) - pitch) / 2  # a positive number moves the next character left
            parts.append(f"{number(before + half)}<{self.code(character):04X}>")
            before = half
        return f"[{''.join(parts)}] TJ"

    def write(self, writer: PdfWriter, *, at: int) -> None:
        """Write the font with the characters shown so far as object `at`."""
        data = self._file.makeSubset([ord(character) for character in self._characters])
        program = writer.write_stream(data, entries=f"/Length1 {len(data)}")
        descriptor = writer.write(self._descriptor(program))
        unicode_map = writer.write_stream(self._unicode_map().encode("ascii"))
        descendant = writer.write(
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{self._name}/CIDToGIDMap/Identity"
            "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            f"/FontDescriptor {descriptor} 0 R/DW {number(self._file.defaultWidth)}/W[1[{self._widths()}]]>>"
        )
        writer.write(
            f"<</Type/Font/Subtype/Type0/BaseFont/{self._name}/Encoding/Identity-H"
            f"/DescendantFonts[{descendant} 0 R]/ToUnicode {unicode_map} 0 R>>",
            at=at,
        )

    def _descriptor(self, program: int) -> str:
        face = self._file
        return (
            f"<</Type/FontDescriptor/FontName/{self._name}/Flags 4/StemV {number(face.stemV)}"
            f"/FontBBox[{' '.join(map(number, face.bbox))}]/ItalicAngle {number(face.italicAngle)}"
            f"/Ascent {number(face.ascent)}/Descent {number(face.descent)}"
            f"/CapHeight {number(face.capHeight)}/FontFile2 {program} 0 R>>"
        )

    def _widths(self) -> str:
        return " ".join(number(self.advance(character)) for character in self._characters)

    def _unicode_map(self) -> str:
        """Return the map from glyph numbers back to text, so that serials can be searched and copied."""
        return (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
            "/CIDSystemInfo <</Registry(Adobe)/Ordering(UCS)/Supplement 0>> def\n"
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
            "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
            + "\n".join(self._unicode_blocks())
            + "\nendcmap CMapName currentdict /CMap defineresource pop end end"
        )

    def _unicode_blocks(self) -> Iterator[str]:
        for start in range(0, len(self._characters), _CMAP_BLOCK):
            block = self._characters[start : start + _CMAP_BLOCK]
            lines = (
                f"<{code:04X}> <{character.encode('utf-16-be').hex().upper()}>"
                for code, character in enumerate(block, start=start + 1)
            )
            yield "\n".join([f"{len(block)} beginbfchar", *lines, "endbfchar"])
