"""Passwords of the demo's accounts and devices, made at random once and kept beside the database.

The database holds only their hashes, and var/demo.json has to name them at every start.
"""

import json
import secrets
from pathlib import Path
from typing import Self

from django.conf import settings

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that looks like something else


class Secrets:
    """The passwords in a file that only its owner may read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._known: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}

    @classmethod
    def of_the_demo(cls) -> Self:
        """Return those of the demo on this machine."""
        return cls(settings.VAR / "demo-passwords.json")

    def __getitem__(self, name: str) -> str:
        """Return the password of that name, making it the first time."""
        if name not in self._known:
            groups = ("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
            self._known[name] = "-".join(groups)
            self._save()
        return self._known[name]

    def keep(self, name: str, text: str) -> None:
        """Remember a text that was made elsewhere."""
        self._known[name] = text
        self._save()

    def __contains__(self, name: str) -> bool:
        """Tell whether a password of that name was made."""
        return name in self._known

    def _save(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.touch(mode=0o600)
        self.path.write_text(json.dumps(self._known, indent=1))
