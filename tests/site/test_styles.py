"""Styles hold in the browsers inside WeChat from Chromium 86 on, and know nothing but the tokens."""

import re
from pathlib import Path

import pytest

from brand.themes import theme
from config import ROOT

SHEETS = sorted(
    sheet
    for top in ("site", "trace", "shop")
    for sheet in (ROOT / top).glob("*/static/*/**/*.css")
    if "admin" not in sheet.stem
)
# what breaks a page where it is not known; newer things that only enhance are fine
TOO_NEW = {
    "cascade layers": r"@layer\b",
    ":has()": r":has\(",
    ":is()/:where()": r":(is|where)\(",
    "container queries": r"@container\b|container-type\s*:|\dcq[iwh]\b",
    "inset": r"(?<![-\w])inset(-\w+)?\s*:",
    "logical shorthands": r"(?<![-\w])(margin|padding)-(inline|block)\s*:",
    "individual transforms": r"(?<![-\w])(rotate|scale|translate)\s*:",
    "nesting": r"[{;]\s*&",
    "range queries": r"@media[^{]*[<>]",
}
ONLY_IF_SUPPORTED = {"color-mix": r"color-mix\(", "subgrid": r"\bsubgrid\b"}


@pytest.fixture(params=SHEETS, ids=lambda sheet: str(sheet.relative_to(ROOT)))
def sheet(request: pytest.FixtureRequest) -> str:
    return re.sub(r"/\*.*?\*/", "", request.param.read_text(encoding="utf-8"), flags=re.S)


def test_nothing_that_old_browsers_break_on(sheet):
    assert not [name for name, pattern in TOO_NEW.items() if re.search(pattern, sheet)]


def test_newer_values_stand_behind_a_question(sheet):
    plain = _without_supports(sheet)
    assert not [name for name, pattern in ONLY_IF_SUPPORTED.items() if re.search(pattern, plain)]


def test_colours_come_from_the_theme(sheet):
    known = set(theme("lucheng").day)
    used = set(
        re.findall(r"var\(--((?:paper|ink|line|brand|accent|positive|warning|danger|art|on)[\w-]*)", sheet)
    )
    assert used <= known, used - known
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b", _without_masks_and_print(sheet)), (
        "mix two keys, do not invent a colour"
    )


def _without_supports(sheet: str) -> str:
    return _without_blocks(sheet, r"@supports[^{]*\{")


def _without_masks_and_print(sheet: str) -> str:
    return re.sub(r"[\w-]*mask[\w-]*:[^;]*;", "", _without_blocks(sheet, r"@media print[^{]*\{"))


def _without_blocks(sheet: str, opening: str) -> str:
    """Return the sheet without the blocks that begin like `opening`."""
    while found := re.search(opening, sheet):
        depth, end = 1, found.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(sheet[end], 0)
            end += 1
        sheet = sheet[: found.start()] + sheet[end:]
    return sheet


def test_the_shared_styles_are_among_them():
    assert Path(ROOT / "site/cms/static/cms/css/site.css") in SHEETS
