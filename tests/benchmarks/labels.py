"""10,000 labels with art and Chinese text: CPU seconds to a PDF, and whether every one can be scanned.

`python -m tests.benchmarks.labels --all` decodes every page instead of a sample.
"""

import argparse
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

import django
import pypdfium2
import qrcode
import zxingcpp

COUNT, CPU_LIMIT_S, MEMORY_LIMIT_MB = 10_000, 5.0, 100.0
SAMPLED_PAGES = 10
PEER_CODES = 100
DPI = 300
HOST = "FENGTU.EXAMPLE"


def run(*, count: int = COUNT, every_page: bool = False) -> list[dict[str, object]]:
    """Return the rows."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    links = _links(count)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "labels.pdf"
        cpu, memory = _print(links, path)
        checked, read = decode(path, links, every_page=every_page)
    rate, peer = count / cpu, _qrcode_rate(links[:PEER_CODES])
    return [
        _row(f"{count:,} labels to PDF", cpu, "CPU s", cpu <= CPU_LIMIT_S, limit=CPU_LIMIT_S),
        _row("labels a CPU second, beside `qrcode` drawing codes alone", rate, "/s", rate > peer, peer=peer),
        _row(
            f"memory {count:,} labels added", memory, "MB", memory <= MEMORY_LIMIT_MB, limit=MEMORY_LIMIT_MB
        ),
        _row(f"labels read back at {DPI} dpi", read, f"of {checked}", read == checked, limit=checked),
    ]


def decode(path: Path, links: list[str], *, every_page: bool) -> tuple[int, int]:
    """Render pages as a printer would; return how many labels they should hold and how many could be read."""
    document = pypdfium2.PdfDocument(path)
    pages = len(document)
    step = 1 if every_page else max(1, pages // SAMPLED_PAGES)
    chosen = sorted({*range(0, pages, step), pages - 1})
    per_page = -(-len(links) // pages)
    expected = {link for page in chosen for link in links[page * per_page : (page + 1) * per_page]}
    found = set()
    for page in chosen:
        picture = document[page].render(scale=DPI / 72, grayscale=True).to_pil()
        found |= {code.text for code in zxingcpp.read_barcodes(picture, zxingcpp.BarcodeFormat.QRCode)}
    return len(expected), len(expected & found)


def _print(links: list[str], path: Path) -> tuple[float, float]:
    from record.labels import Label, write_sheet_pdf

    labels = (
        Label(link, "潞城大葱", "5 千克一捆", "LC20261127-03", link[-16:], "lucheng", "潞城", "scallion")
        for link in links
    )
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    with path.open("wb") as out:
        write_sheet_pdf(labels, out=out)
    cpu = time.process_time() - start
    return cpu, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


def _qrcode_rate(links: list[str]) -> float:
    """Return how many codes a CPU second the `qrcode` package works out, without drawing or writing them."""
    start = time.process_time()
    for link in links:
        code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=0)
        code.add_data(link)
        code.make()
    return len(links) / (time.process_time() - start)


def _links(count: int) -> list[str]:
    from record.codes.serials import new_serials

    return [f"HTTPS://{HOST}/01/06901234567892/21/{serial}" for serial in new_serials(count)]


def _row(
    name: str, value: float, unit: str, holds: bool, *, limit: float | None = None, peer: float | None = None
) -> dict[str, object]:
    return {"name": name, "value": value, "unit": unit, "limit": limit, "peer": peer, "holds": holds}


def main() -> int:
    """Run with the options of the command line; exit 1 when a claim does not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="decode every page, not a sample")
    parser.add_argument("--count", type=int, default=COUNT, help="how many labels (default %(default)s)")
    asked = parser.parse_args()
    rows = run(count=asked.count, every_page=asked.all)
    for row in rows:
        print(row)
    return 0 if all(row["holds"] for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
