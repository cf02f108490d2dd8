"""A PDF written as it goes: every object leaves memory once it is written (ISO 32000-1 §7.5).

reportlab keeps all pages until the end; here 100,000 labels need no more memory than one sheet.
"""

import zlib
from typing import BinaryIO

_COMPRESSION = 6


def number(value: float) -> str:
    """Return `value` as PDF writes it: two decimals at most, no exponent."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value % 1 else str(int(value))


class PdfWriter:
    """Writes numbered objects to `out`, which needs only `write`: a file, a pipe or an HTTP response."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._position = 0
        self._offsets: list[int] = []
        self._put(b"%PDF-1.6\n%\xe2\xe3\xcf\xd3\n")  # four high bytes say that the file is binary

    def reserve(self) -> int:
        """Return the number of an object that will be written later."""
        self._offsets.append(0)
        return len(self._offsets)

    def write(self, body: str | bytes, *, at: int | None = None) -> int:
        """Write an object, under the number reserved for it if there is one, and return its number."""
        at = at or self.reserve()
        self._offsets[at - 1] = self._position
        content = body.encode("ascii") if isinstance(body, str) else body
        self._put(b"%d 0 obj\n%b\nendobj\n" % (at, content))
        return at

    def write_stream(self, data: bytes, *, entries: str = "", at: int | None = None) -> int:
        """Write `data` as a compressed stream with further dictionary `entries`."""
        packed = zlib.compress(data, _COMPRESSION)
        head = f"<</Length {len(packed)}/Filter/FlateDecode{entries}>>\nstream\n".encode("ascii")
        return self.write(head + packed + b"\nendstream", at=at)

    def finish(self, *, catalogue: int, info: int) -> None:
        """Write where every object begins, and the root of the document."""
        start = self._position
        size = len(self._offsets) + 1
        self._put(f"xref\n0 {size}\n0000000000 65535 f \n".encode("ascii"))
        for offset in self._offsets:
            self._put(b"%010d 00000 n \n" % offset)
        trailer = (
            f"trailer\n<</Size {size}/Root {catalogue} 0 R/Info {info} 0 R>>\nstartxref\n{start}\n%%EOF\n"
        )
        self._put(trailer.encode("ascii"))

    def _put(self, data: bytes) -> None:
        self._out.write(data)
        self._position += len(data)


def text_string(text: str) -> str:
    """Return `text` as a PDF text string (UTF-16 with byte order mark)."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"
