"""Labels as files for print houses: a table Excel opens, and one drawing a code."""

import csv
import io
import re
import zipfile

import pytest
import zxingcpp
from PIL import Image

from record.labels import Label, write_csv, write_svg_zip


def label(number: int = 0, **changes: str) -> Label:
    serial = f"7K3M{number:04d}QX9PTW2H"
    facts = {
        "link": f"HTTPS://FENGTU.EXAMPLE/T/{serial}",
        "product": "潞城大葱",
        "pack": "5 千克一捆",
        "lot": "LC20261127-03",
        "serial": serial,
        "region": "lucheng",
    }
    return Label(**{**facts, **changes})


def table(wanted: list[Label]) -> list[list[str]]:
    out = io.BytesIO()
    assert write_csv(wanted, out=out) == len(wanted)
    return list(csv.reader(io.StringIO(out.getvalue().decode("utf-8-sig"), newline="")))


def test_the_table_has_a_head_and_a_row_a_label():
    head, *rows = table([label(0), label(1)])
    assert len(head) == 6
    assert rows[1] == [
        "7K3M0001QX9PTW2H",
        "7K3M 0001 QX9P TW2H",
        "HTTPS://FENGTU.EXAMPLE/T/7K3M0001QX9PTW2H",
        "潞城大葱",
        "5 千克一捆",
        "LC20261127-03",
    ]


def test_excel_is_told_that_the_table_is_utf_8():
    out = io.BytesIO()
    write_csv([label()], out=out)
    assert out.getvalue().startswith(b"\xef\xbb\xbf")
    assert out.getvalue().count(b"\r\n") == 2


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_a_cell_is_never_a_formula(start):
    _, row = table([label(product=f'{start}HYPERLINK("http://bad.example")')])
    assert row[3].startswith("'" + start)


def test_commas_quotes_and_line_ends_stay_inside_their_cell():
    _, row = table([label(pack='大，"好"\n,5 千克')])
    assert row[4] == '大，"好"\n,5 千克'


def painted(drawing: str) -> Image.Image:
    """Paint what the drawing's path data says, four pixels a module."""
    side = int(re.search(r'viewBox="0 0 (\d+) ', drawing)[1])
    picture = Image.new("L", (side, side), 255)
    for x, y, run in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", drawing):
        picture.paste(0, (int(x), int(y), int(x) + int(run), int(y) + 1))
    return picture.resize((side * 4, side * 4), Image.Resampling.NEAREST)


def test_the_archive_holds_a_drawing_of_every_code_and_the_table():
    wanted = [label(number) for number in range(5)]
    out = io.BytesIO()
    assert write_svg_zip(wanted, out=out) == 5
    archive = zipfile.ZipFile(out)
    assert archive.testzip() is None
    for one in wanted:
        drawing = archive.read(f"codes/001/{one.serial}.svg").decode()
        (found,) = zxingcpp.read_barcodes(painted(drawing))
        assert found.text == one.link
    assert archive.read("labels.csv").count(b"\r\n") == 6


def test_the_archive_needs_only_write():
    class Pipe:
        def __init__(self) -> None:
            self.data = b""

        def write(self, data: bytes) -> int:
            self.data += data
            return len(data)

        def flush(self) -> None:
            pass

    pipe = Pipe()
    write_svg_zip([label()], out=pipe)
    assert zipfile.ZipFile(io.BytesIO(pipe.data)).testzip() is None
