"""QR codes (ISO/IEC 18004): one for a screen or terminal, and matrices by the ten thousand for label sheets.

Error correction is M where the text fits version 3 (29 × 29 modules), else L: a printed code then has the
fewest, largest modules. Upper-case text keeps to the alphanumeric mode, which takes 5.5 bits a character.
`qrcode` draws single codes; sheets come from zxing-cpp, some thirty times faster.
"""

import re
from dataclasses import dataclass
from html import escape
from math import isqrt

import qrcode
import zxingcpp

QUIET = 4  # modules of white all round, as the standard asks
_LARGEST_AT_M = 29  # modules a side of version 3

_RUN = re.compile("1+")
_DARK_IS_ONE = bytes.maketrans(b"\x00\xff", b"10")  # zxing-cpp draws dark as 0 and light as 255


class TooLongForQr(ValueError):
    """The text does not fit any QR code."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """The modules of one code without its quiet zone: rows from the top, "1" dark and "0" light."""

    size: int
    modules: str

    def rows(self) -> list[str]:
        """Return the rows from the top."""
        return [self.modules[start : start + self.size] for start in range(0, len(self.modules), self.size)]

    def bits(self) -> bytes:
        """Return a 1-bit picture, dark is 1, every row filled up to whole bytes (as PDF and PBM want it)."""
        filler = "0" * (-self.size % 8)
        bits = filler.join(self.rows()) + filler
        return int(bits, 2).to_bytes(len(bits) // 8, "big")


def matrix(text: str) -> Matrix:
    """Encode `text` with zxing-cpp: the fast way, for sheets.

    Raises:
        TooLongForQr: more than a QR code holds.
    """
    found = _fast_matrix(text, "M")
    return found if found.size <= _LARGEST_AT_M else _fast_matrix(text, "L")


def _fast_matrix(text: str, level: str) -> Matrix:
    try:
        symbol = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level=level)
    except ValueError as error:
        raise TooLongForQr(str(error)) from error
    picture = memoryview(symbol.to_image(scale=1, add_quiet_zones=False)).tobytes()  # type: ignore[arg-type]
    return Matrix(isqrt(len(picture)), picture.translate(_DARK_IS_ONE).decode("ascii"))


def single(text: str) -> Matrix:
    """Encode `text` with `qrcode`: for one code on a screen, a certificate or a terminal.

    Raises:
        TooLongForQr: more than a QR code holds.
    """
    found = _single_matrix(text, qrcode.ERROR_CORRECT_M)
    return found if found.size <= _LARGEST_AT_M else _single_matrix(text, qrcode.ERROR_CORRECT_L)


def _single_matrix(text: str, level: int) -> Matrix:
    code = qrcode.QRCode(error_correction=level, border=0)
    try:
        code.add_data(text)
        code.make(fit=True)
    except (ValueError, qrcode.exceptions.DataOverflowError) as error:
        raise TooLongForQr(str(error)) from error
    modules = "".join("1" if dark else "0" for row in code.modules for dark in row)
    return Matrix(code.modules_count, modules)


def path(code: Matrix) -> str:
    """Return the dark modules as SVG path data, one module a unit, each run of a row one rectangle."""
    return "".join(
        f"M{run.start() + QUIET} {y}h{len(run[0])}v1h-{len(run[0])}z"
        for y, row in enumerate(code.rows(), start=QUIET)
        for run in _RUN.finditer(row)
    )


def svg(code: Matrix, *, label: str = "", size_mm: float | None = None) -> str:
    """Return `code` as an SVG document with its quiet zone, black on white in every theme.

    `label` is what a screen reader says; `size_mm` gives it a printed size with the quiet zone.
    """
    side = code.size + 2 * QUIET
    size = f' width="{size_mm:g}mm" height="{size_mm:g}mm"' if size_mm else ""
    name = f' role="img" aria-label="{escape(label)}"' if label else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg"{size} viewBox="0 0 {side} {side}"{name}'
        f' shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{side}v{side}H0z"/>'
        f'<path fill="#000" d="{path(code)}"/></svg>'
    )


def terminal(code: Matrix, *, colour: bool = True) -> str:
    """Return `code` as lines of half blocks, two rows of modules a line.

    With `colour` the lines set black on white by ANSI sequences and scan on any background; without, the
    light modules are drawn, which scans where the terminal is dark.
    """
    blank = "0" * (code.size + 2 * QUIET)
    rows = [blank] * QUIET + ["0" * QUIET + row + "0" * QUIET for row in code.rows()] + [blank] * QUIET
    rows += [blank] * (len(rows) % 2)
    blocks = " ▄▀█" if colour else "█▀▄ "
    lines = (
        "".join(blocks[int(upper + lower, 2)] for upper, lower in zip(top, bottom, strict=True))
        for top, bottom in zip(rows[::2], rows[1::2], strict=True)
    )
    return "\n".join(f"\x1b[38;5;16;48;5;231m{line}\x1b[0m" if colour else line for line in lines)
