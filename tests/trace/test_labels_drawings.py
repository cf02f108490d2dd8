"""The themes' drawings in PDF: every one a county has must come out, and paths must go where SVG says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brand.themes import theme, themes
from record.labels import svg_transform
from record.labels.art import county_art
from record.labels.drawing import NotADrawing, read_drawing
from record.labels.svg_path import operators

DRAWINGS = [(slug, name) for slug in themes() for name in ("mark", "land", *theme(slug).drawings)]


@pytest.mark.parametrize(("county", "name"), DRAWINGS)
def test_every_drawing_of_every_county_can_be_printed(county, name):
    drawing = county_art(county).drawing(name)
    assert drawing is not None
    assert drawing.content.count("q\n") == drawing.content.count("\nQ")


def test_a_drawing_is_looked_for_only_inside_the_theme():
    assert county_art("lucheng").drawing("../../daning/art/mark") is None
    assert county_art("../themes/lucheng").drawing("mark") is None


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("M1 2L3 4H5V6z", "1 2 m 3 4 l 5 4 l 5 6 l h"),
        ("m1 2 3 4h5v6z m1 1l1 1", "1 2 m 4 6 l 9 6 l 9 12 l h 2 3 m 3 4 l"),
        ("M0 0C1 1 2 2 3 3S5 5 6 6", "0 0 m 1 1 2 2 3 3 c 4 4 5 5 6 6 c"),
        ("M0 0c1 1 2 2 3 3s2 2 3 3", "0 0 m 1 1 2 2 3 3 c 4 4 5 5 6 6 c"),
        ("M0 0Q3 3 6 0T12 0", "0 0 m 2 2 4 2 6 0 c 8 -2 10 -2 12 0 c"),
        ("M.5.5-1-1", "0.5 0.5 m -1 -1 l"),
        ("M0 0L1e1 0", "0 0 m 10 0 l"),
        ("M0 0A0 5 0 0 1 4 4", "0 0 m 4 4 l"),
    ],
)
def test_paths_go_where_svg_says(data, expected):
    assert operators(data) == expected


def test_flags_of_an_arc_may_stand_without_spaces():
    assert operators("M0 0a5 5 0 0110 0") == operators("M0 0a5 5 0 0 1 10 0")


@pytest.mark.parametrize(("large", "sweep", "top"), [(0, 1, -5.0), (0, 0, 5.0), (1, 1, -5.0), (1, 0, 5.0)])
def test_half_a_circle_bulges_to_the_side_its_sweep_names(large, sweep, top):
    parts = operators(f"M0 0A5 5 0 {large} {sweep} 10 0").split(" c")
    assert parts[0].split()[-2:] == ["5", f"{top:g}"]


@given(
    st.floats(0.1, 50),
    st.floats(0.1, 50),
    st.floats(-360, 360),
    st.booleans(),
    st.booleans(),
    st.floats(-40, 40),
    st.floats(-40, 40),
)
def test_an_arc_ends_where_it_should(rx, ry, turn, large, sweep, x, y):
    drawn = operators(f"M0 0A{rx:.3f} {ry:.3f} {turn:.3f} {large:d} {sweep:d} {x:.2f} {y:.2f}")
    end = [float(value) for value in drawn.split()[-3:-1]]
    assert end == pytest.approx([x, y], abs=0.02)


@pytest.mark.parametrize(
    ("transform", "expected"),
    [
        ("translate(3)", "1 0 0 1 3 0 cm"),
        ("translate(2.5 3.5) scale(.5)", "1 0 0 1 2.5 3.5 cm 0.5 0 0 0.5 0 0 cm"),
        ("rotate(90)", "1 0 0 1 0 0 cm 0 1 -1 0 0 0 cm 1 0 0 1 0 0 cm"),
        ("scale(2,-1)", "2 0 0 -1 0 0 cm"),
        ("rotate(30 10 20)", "1 0 0 1 10 20 cm 0.86603 0.5 -0.5 0.86603 0 0 cm 1 0 0 1 -10 -20 cm"),
    ],
)
def test_transforms_move_what_svg_says(transform, expected):
    assert svg_transform.operators(transform) == expected


@pytest.mark.parametrize(
    ("inside", "reason"),
    [
        ("<image/>", "<image>"),
        ('<path d="M0 0" fill="url(#a)"/>', "url"),
        ('<path d="M0 0" fill="var(--unknown)"/>', "colour"),
        ('<g transform="skewX(3)"/>', "skewX"),
    ],
)
def test_what_drawings_do_not_use_is_refused_with_a_reason(inside, reason):
    source = f'<svg xmlns="http://www.w3.org/2000/svg"><symbol viewBox="0 0 1 1">{inside}</symbol></svg>'
    with pytest.raises(NotADrawing, match=reason):
        read_drawing(source, inks={})


@pytest.mark.parametrize("source", ["not xml", '<svg xmlns="http://www.w3.org/2000/svg"/>'])
def test_a_file_without_a_drawing_is_refused(source):
    with pytest.raises(NotADrawing):
        read_drawing(source, inks={})
