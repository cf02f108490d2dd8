"""Scripts of npm packages as static files: those of `settings.NPM_FILES`, nothing else of node_modules.

No third-party code is committed; `npm ci` brings it. A file that is not there is left out with a warning,
and what needs it falls back to what works without.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.checks import CheckMessage, Warning
from django.core.files.storage import FileSystemStorage

from config import ROOT

FOLDER = ROOT / "node_modules"


class _Storage(FileSystemStorage):
    """Finds a static file under the name it has in its package."""

    prefix = None

    def path(self, name: str) -> str:
        """Return where the file of that static name is."""
        return str(FOLDER / settings.NPM_FILES.get(name, name))


class NpmFinder(BaseFinder):
    """Finds the named files of npm packages."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.storage = _Storage(location=str(FOLDER))

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        """Say which files are missing."""
        missing = [source for source in settings.NPM_FILES.values() if not (FOLDER / source).is_file()]
        if not missing:
            return []
        return [
            Warning(f"npm files are missing: {', '.join(missing)}", hint="run `npm ci`", id="config.W001")
        ]

    def find(  # type: ignore[override]
        self, path: str, find_all: bool = False, **kwargs: Any
    ) -> str | list[str]:
        """Return where the static file `path` is, or nothing."""
        found = _existing(path)
        if find_all or kwargs.get("all"):
            return [str(found)] if found else []
        return str(found) if found else []

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        """Yield every file that is there, for collectstatic."""
        for name in settings.NPM_FILES:
            if _existing(name) and not matches_patterns(name, ignore_patterns or ()):
                yield name, self.storage


def _existing(name: str) -> Path | None:
    source = settings.NPM_FILES.get(name)
    path = FOLDER / source if source else None
    return path if path and path.is_file() else None
