"""Message catalogues: `.po` files compiled without gettext's own programs, which a bare machine lacks."""

from collections.abc import Iterator
from pathlib import Path

import polib

SOURCE_FOLDERS = ("site", "brand", "trace", "shop")


def catalogues(root: Path) -> Iterator[Path]:
    """Yield every catalogue of the project at `root`."""
    for folder in SOURCE_FOLDERS:
        yield from sorted((root / folder).glob("**/locale/*/LC_MESSAGES/*.po"))


def compile_changed(root: Path) -> int:
    """Compile each catalogue that is newer than its `.mo`, and return how many there were."""
    stale = [po for po in catalogues(root) if _is_stale(po)]
    for po in stale:
        polib.pofile(str(po)).save_as_mofile(str(po.with_suffix(".mo")))
    return len(stale)


def _is_stale(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime
