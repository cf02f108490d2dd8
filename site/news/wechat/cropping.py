"""What WeChat cuts out of a cover: told to it in parts of the whole picture."""

from typing import Final

COVER_RATIO: Final = 2.35  # width to height of the cover in WeChat's list


def cut(ratio: float, wanted: float, middle: tuple[float, float]) -> str:
    """Return the largest frame of the ratio `wanted` in a picture of `ratio`, near `middle` (0…1 each way).

    As WeChat writes it: left, top, right and bottom as parts of the picture, apart by underscores.
    """
    width, height = min(1.0, wanted / ratio), min(1.0, ratio / wanted)
    left = min(max(middle[0] - width / 2, 0.0), 1.0 - width)
    top = min(max(middle[1] - height / 2, 0.0), 1.0 - height)
    return "_".join(f"{part:.6f}".rstrip("0").rstrip(".") for part in (left, top, left + width, top + height))
