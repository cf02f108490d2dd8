"""Label sheets: what comes out of the printer must scan, read well and fit its label."""

import gc
import io
import re
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace

import pypdfium2
import pytest
import zxingcpp

from record.labels import PRESETS, FontMissing, Label, NoLabels, UnknownPreset, serial_groups, write_sheet_pdf

MM = 72 / 25.4
COUNTIES = {
    "lucheng": ("潞城", "潞城大葱", "5 千克一捆", "scallion"),
    "daning": ("大宁", "宁脆苹果", "12 枚礼盒", "apple"),
    "mianchi": ("渑池", "渑池柿饼", "500 克袋装", "no-such-drawing"),
    "wenxi": ("闻喜", "闻喜煮饼", "8 枚一盒", ""),
    "hesuo": ("合索", "忻州黑糯玉米", "10 穗真空装", "black-corn"),
}


def label(number: int = 0, *, host: str = "FENGTU.EXAMPLE", region: str = "lucheng") -> Label:
    serial = f"7K3M{number:04d}QX9PTW2H"
    county, product, pack, art = COUNTIES[region]
    link = f"HTTPS://{host}/01/06901234567892/21/{serial}"
    return Label(link, product, pack, "LC20261127-03", serial, region, county, art)


def labels(count: int) -> Iterator[Label]:
    regions = list(COUNTIES)
    return (label(number, region=regions[number % len(regions)]) for number in range(count))


def printed(wanted: list[Label], preset: str) -> pypdfium2.PdfDocument:
    out = io.BytesIO()
    assert write_sheet_pdf(wanted, preset=preset, out=out) == len(wanted)
    return pypdfium2.PdfDocument(out.getvalue())


def scanned(page: pypdfium2.PdfPage) -> list[str]:
    picture = page.render(scale=300 / 72, grayscale=True).to_pil()
    return sorted(code.text for code in zxingcpp.read_barcodes(picture, zxingcpp.BarcodeFormat.QRCode))


@pytest.mark.parametrize("preset", PRESETS)
def test_every_label_of_a_full_sheet_scans_at_300_dpi(preset):
    wanted = list(labels(PRESETS[preset].per_page))
    (page,) = printed(wanted, preset)
    assert scanned(page) == sorted(one.link for one in wanted)


def test_every_label_of_a_host_too_long_for_version_3_scans_on_the_smallest_label():
    wanted = [label(number, host="A" * 40 + ".GOV.CN") for number in range(48)]
    (page,) = printed(wanted, "a4-48")
    assert scanned(page) == sorted(one.link for one in wanted)


@pytest.mark.parametrize("preset", PRESETS)
def test_every_label_shows_product_pack_lot_and_serial_in_groups_of_four(preset):
    one = label()
    (page,) = printed([one], preset)
    text = re.sub(r"\s+", "", page.get_textpage().get_text_range())
    for words in (one.product, one.pack.replace(" ", ""), one.lot, *serial_groups(one.serial)):
        assert words in text


@pytest.mark.parametrize("preset", PRESETS)
def test_words_stay_on_their_label_however_long_they_are(preset):
    grid = PRESETS[preset]
    long = replace(
        label(), product="潞城区旱地无公害标准化种植示范基地大葱" * 3, pack="5 千克一捆，" * 8, lot="W" * 20
    )
    (page,) = printed([long], preset)
    text = page.get_textpage()
    left, top = (side * MM for side in grid.corner(0))
    page_height = grid.page[1] * MM
    for index in range(text.count_chars()):
        x1, y1, x2, y2 = text.get_charbox(index)
        if page_height - y2 > top + grid.height * MM:
            continue  # the line in the margin
        assert left < x1 and x2 < left + grid.width * MM
        assert top < page_height - y2 and page_height - y1 < top + grid.height * MM


@pytest.mark.parametrize("preset", PRESETS)
def test_the_code_keeps_words_and_drawings_out_of_its_quiet_zone(preset):
    grid = PRESETS[preset]
    code_x, code_y, side = grid.design(grid.width, grid.height).code
    corner_x, corner_y = grid.corner(0)
    (page,) = printed([label()], preset)
    scale = 300 / 72
    picture = page.render(scale=scale, grayscale=True).to_pil()
    quiet = side * 4 / 37
    x1, y1 = (corner_x + code_x) * MM * scale, (corner_y + code_y) * MM * scale
    edge = side * MM * scale
    frame = picture.crop((round(x1) + 1, round(y1) + 1, round(x1 + edge) - 1, round(y1 + edge) - 1))
    width = int(quiet * MM * scale) - 2
    far = frame.width - width
    for strip in (
        (0, 0, frame.width, width),
        (0, far, frame.width, frame.height),
        (0, 0, width, frame.height),
        (far, 0, frame.width, frame.height),
    ):
        assert frame.crop(strip).getextrema() == (255, 255)


def test_modules_are_large_enough_for_any_phone():
    for preset in PRESETS.values():
        _, _, side = preset.design(preset.width, preset.height).code
        assert side / 37 >= 0.4, preset.name


@pytest.mark.parametrize("preset", PRESETS)
def test_grids_fit_their_page(preset):
    grid = PRESETS[preset]
    assert min(grid.margin) >= 0
    x, y = grid.corner(grid.per_page - 1)
    assert x + grid.width <= grid.page[0] and y + grid.height <= grid.page[1]


def test_each_county_wears_its_own_colour():
    colours = {"lucheng": (34, 100, 59), "daning": (174, 46, 39), "wenxi": (12, 95, 124)}
    for region, colour in colours.items():
        (page,) = printed([label(region=region)], "a4-48")
        picture = page.render(scale=2).to_pil().convert("RGB")
        found = {pixel for _, pixel in picture.getcolors(1_000_000)}
        assert any(all(abs(a - b) <= 4 for a, b in zip(pixel, colour, strict=True)) for pixel in found), (
            region
        )


def test_a_thermal_printer_gets_black_only():
    (page,) = printed([label()], "roll-60x40")
    picture = page.render(scale=3).to_pil().convert("RGB")
    assert all(red == green == blue for _, (red, green, blue) in picture.getcolors(1_000_000))


def test_a_county_without_a_theme_prints_plain_labels():
    plain = replace(label(), region="no-such-county")
    (page,) = printed([plain], "a4-10")
    assert scanned(page) == [plain.link]


def test_characters_the_font_lacks_do_not_stop_the_printing():
    odd = replace(label(), product="大葱\U0001f331\U00020bb7")
    (page,) = printed([odd], "a4-24")
    assert scanned(page) == [odd.link]


def test_all_fonts_are_embedded_as_subsets():
    out = io.BytesIO()
    write_sheet_pdf(labels(48), out=out)
    pdf = out.getvalue()
    names = set(re.findall(rb"/BaseFont/([\w+-]+)", pdf))
    assert names == {b"FENGTU+NotoSansSC-Regular", b"FENGTU+NotoSansSC-Bold"}
    assert pdf.count(b"/FontFile2 ") == 2
    assert len(pdf) < 200_000


def test_the_print_dialogue_is_told_not_to_scale():
    out = io.BytesIO()
    write_sheet_pdf([label()], out=out)
    assert b"/PrintScaling/None" in out.getvalue()


class Pipe:
    """Where only `write` works, as in an HTTP response."""

    def __init__(self) -> None:
        self.size = 0

    def write(self, data: bytes) -> int:
        self.size += len(data)
        return len(data)


def test_memory_does_not_grow_with_the_number_of_sheets():
    def peak(sheets: int) -> int:
        gc.collect()  # what other tests left is none of it
        tracemalloc.start()
        write_sheet_pdf(labels(48 * sheets), out=Pipe())
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(1)  # fills what is kept for the whole process
    assert peak(20) - peak(2) < 350_000, "18 sheets weigh 600 kB before they are compressed"


def test_no_labels_are_refused_before_anything_is_written():
    pipe = Pipe()
    with pytest.raises(NoLabels):
        write_sheet_pdf([], out=pipe)
    assert pipe.size == 0


def test_an_unknown_sheet_is_refused_with_the_names_of_those_there_are():
    with pytest.raises(UnknownPreset, match="a4-48, a4-24, a4-10"):
        write_sheet_pdf(labels(1), preset="letter", out=Pipe())


def test_a_missing_font_names_the_command_that_brings_it(tmp_path):
    with pytest.raises(FontMissing, match="npm ci"):
        write_sheet_pdf(labels(1), out=Pipe(), root=tmp_path)
