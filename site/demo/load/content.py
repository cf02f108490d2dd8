"""The written content: TOML files in demo/content/<county>/, and `shared` for what all counties have."""

import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[1] / "content"
COUNTIES = ("lucheng", "daning", "mianchi", "wenxi", "hesuo")  # the first is the default site
SHARED = "shared"


def read(county: str, name: str) -> dict[str, Any]:
    """Return content/<county>/<name>.toml."""
    with (FOLDER / county / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)
