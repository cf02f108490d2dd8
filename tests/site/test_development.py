"""A checkout keeps what it makes in one folder, which can be moved."""

import os
import subprocess
import sys
from pathlib import Path

from config import ROOT


def test_var_dir_moves_database_and_key_of_a_checkout(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}:{ROOT / 'trace'}",
        "VAR_DIR": str(tmp_path / "elsewhere"),
    }
    environment.pop("SECRET_KEY", None)
    script = "from django.conf import settings; print(settings.DATABASES['default']['NAME'])"
    said = subprocess.run(
        [sys.executable, "-c", script],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == str(tmp_path / "elsewhere" / "db.sqlite3")
    assert (tmp_path / "elsewhere" / "secret-key").exists()
