"""Papers set with typst: a template beside the code that fills it, data as JSON, the fonts of the site.

What is set from the same data is the same to the byte: no date, no name of a machine goes into a file.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import typst

from config import ROOT

FONTS = ROOT / "node_modules" / "@expo-google-fonts" / "noto-sans-sc"
_WEIGHTS = ("400Regular", "700Bold")


class FontMissing(RuntimeError):
    """The front-end packages, which bring the fonts, are not installed."""


def typeset(
    template: Path,
    data: Mapping[str, Any],
    *,
    format: Literal["pdf", "svg", "png"] = "pdf",
    ppi: float | None = None,
) -> bytes:
    """Return the paper of `template` filled with `data`, which it reads as `json(bytes(sys.inputs.data))`.

    Of several pages, `svg` and `png` give the first; `ppi` is the resolution of a PNG.

    Raises:
        FontMissing: run `npm ci`.
    """
    weights = [FONTS / weight for weight in _WEIGHTS]
    if not all(folder.is_dir() for folder in weights):
        raise FontMissing(f"{FONTS} is missing: run `npm ci`, which installs the fonts")
    found = typst.compile(
        template,
        root=template.parent,
        font_paths=weights,
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        format=format,
        ppi=ppi,
        timestamp=0,
    )
    return bytes(found[0] if isinstance(found, list) else found)
