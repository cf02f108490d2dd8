"""Every theme is complete, and every colour pair it promises can be read."""

import re
from xml.etree import ElementTree

import pytest

from brand.themes import FOLDER, Theme, UnknownTheme, theme, themes

COUNTIES = ("daning", "hesuo", "lucheng", "mianchi", "wenxi")
SVG = "{http://www.w3.org/2000/svg}"

TEXT_PAIRS = [
    *[(ink, paper) for ink in ("ink", "ink-2", "ink-3") for paper in ("paper", "paper-2", "paper-3")],
    *[("brand-ink", paper) for paper in ("paper", "paper-2", "paper-3", "brand-tint")],
    *[(state, paper) for state in ("positive", "warning", "danger") for paper in ("paper", "paper-2")],
    *[(state, f"{state}-tint") for state in ("positive", "warning", "danger")],
    *[("ink", f"{state}-tint") for state in ("positive", "warning", "danger")],
    *[("ink-2", f"{state}-tint") for state in ("positive", "warning", "danger")],
    *[("paper-2", state) for state in ("positive", "warning", "danger", "ink-2")],
    ("on-brand", "brand"),
    ("on-brand", "brand-ink"),
    ("on-accent", "accent"),
    ("on-deep", "brand-deep"),
    ("ink", "brand-tint"),
    ("ink", "accent-tint"),
]
BORDER_PAIRS = [("line-2", paper) for paper in ("paper", "paper-2")] + [
    ("brand", "paper"),
    ("brand", "paper-2"),
]


@pytest.fixture(params=COUNTIES)
def look(request: pytest.FixtureRequest) -> Theme:
    return theme(request.param)


def test_the_five_counties_have_themes():
    assert themes() == COUNTIES


def test_every_theme_has_the_same_words():
    keys = {slug: set(_toml(slug)) for slug in COUNTIES}
    assert all(found == keys["lucheng"] for found in keys.values()), keys


def test_every_theme_has_the_same_colour_keys_by_day_and_by_night():
    keys = set(theme("lucheng").day)
    assert keys >= {"paper", "ink", "brand", "accent", "art-a", "sky", "pattern"}
    for slug in COUNTIES:
        assert set(theme(slug).day) == keys, slug
        assert set(theme(slug).night) == keys, slug


def test_the_line_has_two_halves_with_their_punctuation(look):
    first, second = look.line
    assert first.endswith("，") and second.endswith("。")
    assert all(4 <= len(half) <= 7 for half in look.line)


@pytest.mark.parametrize("time", ["day", "night"])
def test_text_can_be_read(look, time):
    colours = getattr(look, time)
    weak = {pair: round(contrast(*(colours[key] for key in pair)), 2) for pair in TEXT_PAIRS}
    assert not {pair: ratio for pair, ratio in weak.items() if ratio < 4.5}


@pytest.mark.parametrize("time", ["day", "night"])
def test_borders_of_controls_can_be_seen(look, time):
    colours = getattr(look, time)
    weak = {pair: round(contrast(*(colours[key] for key in pair)), 2) for pair in BORDER_PAIRS}
    assert not {pair: ratio for pair, ratio in weak.items() if ratio < 3}


def test_every_drawing_has_a_file_and_every_file_is_listed(look):
    listed = {look.mark, look.land, *look.drawings}
    files = {file.stem for file in (FOLDER / look.slug / "art").glob("*.svg")}
    assert files == listed | {"icon"}
    assert look.produce in look.drawings


def test_drawings_use_the_inks_of_the_theme_and_nothing_else(look):
    for name in look.drawings:
        text = look.path(name).read_text(encoding="utf-8")
        root = ElementTree.fromstring(text)
        assert root.find(f"{SVG}symbol").get("id") == "drawing"
        assert root.find(f"{SVG}symbol").get("viewBox") == "0 0 480 480"
        inks = {paint for node in root.iter() for key in ("fill", "stroke") if (paint := node.get(key))}
        known = {f"var(--{key})" for key in look.day if key.startswith("art-")} | {"currentColor", "none"}
        assert inks <= known, (name, inks - known)
        assert not re.search(r"<(style|script|image|linearGradient|filter|mask)", text), name


def test_a_drawing_is_small_on_the_wire(look):
    import gzip

    for name in (look.mark, look.land, *look.drawings):
        assert len(gzip.compress(look.path(name).read_bytes())) < 3_000, name


def test_an_unknown_theme_or_drawing_is_refused_by_name():
    with pytest.raises(UnknownTheme, match="nowhere"):
        theme("nowhere")
    with pytest.raises(UnknownTheme):
        theme("../lucheng")
    with pytest.raises(UnknownTheme, match="pineapple"):
        theme("lucheng").path("pineapple")


def _toml(slug: str) -> dict:
    import tomllib

    return tomllib.loads((FOLDER / slug / "theme.toml").read_text(encoding="utf-8"))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two hex colours (WCAG 2.2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
