"""A drawn code must be read back: that is all a QR code is for."""

import re

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from lib import qr

SERIAL = "2A3B4C5D6E7F8G9H"


def gs1_link(host_length: int) -> str:
    return f"HTTPS://{'A' * (host_length - 3)}.CN/01/06901234567892/21/{SERIAL}"


def read(rows: list[str], *, quiet: int = qr.QUIET) -> zxingcpp.Barcode:
    """Paint rows of modules four pixels wide and read them."""
    scale, side = 4, len(rows[0]) + 2 * quiet
    picture = Image.new("L", (side * scale, (len(rows) + 2 * quiet) * scale), 255)
    draw = ImageDraw.Draw(picture)
    for y, row in enumerate(rows, start=quiet):
        for x, module in enumerate(row, start=quiet):
            if module == "1":
                draw.rectangle((x * scale, y * scale, x * scale + scale - 1, y * scale + scale - 1), fill=0)
    found = zxingcpp.read_barcodes(picture)
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("encode", [qr.matrix, qr.single])
@pytest.mark.parametrize("host_length", [5, 15, 22, 40])
def test_every_encoder_draws_what_can_be_read_back(encode, host_length):
    link = gs1_link(host_length)
    assert read(encode(link).rows()).text == link


@pytest.mark.parametrize("encode", [qr.matrix, qr.single])
@pytest.mark.parametrize("host_length", [5, 15])
def test_a_host_of_up_to_15_characters_keeps_version_3_at_level_m(encode, host_length):
    code = encode(gs1_link(host_length))
    assert code.size == 29
    assert read(code.rows()).ec_level == "M"


@pytest.mark.parametrize("encode", [qr.matrix, qr.single])
def test_a_longer_host_stays_at_29_modules_with_level_l(encode):
    code = encode(gs1_link(20))
    assert code.size == 29
    assert read(code.rows()).ec_level == "L"


@pytest.mark.parametrize("encode", [qr.matrix, qr.single])
def test_text_no_code_can_hold_is_refused(encode):
    with pytest.raises(qr.TooLongForQr):
        encode("A" * 5000)


def test_bits_are_rows_of_whole_bytes_with_dark_as_one():
    code = qr.matrix(gs1_link(10))
    bits = code.bits()
    assert len(bits) == 29 * 4
    rows = [f"{int.from_bytes(bits[start : start + 4], 'big'):032b}" for start in range(0, len(bits), 4)]
    assert [row[:29] for row in rows] == code.rows()
    assert {row[29:] for row in rows} == {"000"}


def test_svg_draws_the_same_modules_and_names_itself():
    code = qr.single(gs1_link(12))
    drawn = qr.svg(code, label='扫一扫 "码"', size_mm=30)
    assert 'viewBox="0 0 37 37"' in drawn and 'width="30mm"' in drawn
    assert 'aria-label="扫一扫 &quot;码&quot;"' in drawn
    assert "style=" not in drawn, "the site's content policy forbids inline style"
    rows = [["0"] * 37 for _ in range(37)]
    for x, y, run in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", drawn):
        for place in range(int(x), int(x) + int(run)):
            rows[int(y)][place] = "1"
    assert ["".join(row)[4:-4] for row in rows[4:-4]] == code.rows()


@pytest.mark.parametrize(("colour", "upper"), [(True, "▀█"), (False, "▄ ")])
def test_terminal_text_reads_back(colour, upper):
    link = gs1_link(9)
    text = re.sub(r"\x1b\[[0-9;]*m", "", qr.terminal(qr.single(link), colour=colour))
    lower = "▄█" if colour else "▀ "
    rows = []
    for line in text.splitlines():
        rows.append("".join("1" if block in upper else "0" for block in line))
        rows.append("".join("1" if block in lower else "0" for block in line))
    assert read(rows, quiet=0).text == link
