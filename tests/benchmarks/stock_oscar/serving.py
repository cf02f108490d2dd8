"""Running stock Oscar: `with stock_oscar() as stand:` on a database that is made once for each wheel."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from PIL import Image

from tests.benchmarks import hall_fixture
from tests.benchmarks.stand import Stand, running
from tests.programs import free_port
from tests.template import ROOT, VAR

APPLICATION = "tests.benchmarks.stock_oscar.asgi:application"


def stock_database(count: int = hall_fixture.ARTICLES, *, categories: int = hall_fixture.CATEGORIES) -> Path:
    """Return a database of stock Oscar with the articles of the fixture; made once, never written to."""
    path = VAR / f"stock-oscar-{version('django-oscar')}-{count}-{categories}.sqlite3"
    if not path.exists():
        VAR.mkdir(parents=True, exist_ok=True)
        making = path.with_suffix(".making")
        making.unlink(missing_ok=True)
        command = [sys.executable, "-m", "tests.benchmarks.stock_oscar.loading", str(count), str(categories)]
        subprocess.run(command, cwd=ROOT, env=stock_environment(making), check=True)
        making.rename(path)
    return path


def stock_environment(database: Path) -> dict[str, str]:
    """Return the environment of stock Oscar on that database; of ours it sees tests and page threads."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "VIRTUAL_ENV") if name in os.environ}
    return {
        **kept,
        "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.stock_oscar.settings",
        "STOCK_OSCAR_DATABASE": str(database),
        "STOCK_OSCAR_MEDIA": str(_media()),
    }


@contextmanager
def stock_oscar() -> Iterator[Stand]:
    """Run it on a copy of its database until the block ends. Articles have the keys 1, 2, 3 …"""
    copy = VAR / f"stock-oscar-{os.getpid()}.sqlite3"
    shutil.copy(stock_database(), copy)
    port = free_port()
    try:
        with running(APPLICATION, port=port, env=stock_environment(copy), facts={}) as stand:
            yield stand
    finally:
        for leftover in VAR.glob(f"{copy.name}*"):
            leftover.unlink()


def _media() -> Path:
    """Return a folder with the picture Oscar shows for articles without one, which it scales and keeps."""
    folder = VAR / "stock-oscar-media"
    picture = folder / "image_not_found.jpg"
    if not picture.exists():
        folder.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (800, 600), (120, 140, 90)).save(picture, "JPEG")
    return folder
