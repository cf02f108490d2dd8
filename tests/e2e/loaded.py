"""The demo's content, loaded once in a test process: each product it starts begins with a copy."""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from tests.template import (
    ROOT,
    copy_postgres,
    copy_postgres_template,
    drop_postgres,
    is_postgres,
    template_path,
)

_LOAD = """
import django
django.setup()
from django.utils import timezone
from demo.load import load_demo
load_demo(at=timezone.now(), say=lambda line: None)
"""


def fresh_database(folder: Path) -> str:
    """Put the demo content, with the passwords that belong to it, into `folder`; return the database URL."""
    source, database = _loaded()
    shutil.copytree(source, folder, dirs_exist_ok=True)
    if is_postgres():
        return copy_postgres(database, name=f"fengtu_e2e_{os.getpid()}_{folder.name}")
    return f"sqlite:///{folder / 'db.sqlite3'}"


@cache
def _loaded() -> tuple[Path, str]:
    """Return the folder, and the database, that the content was loaded into."""
    folder = Path(tempfile.mkdtemp(prefix="fengtu-loaded-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    if is_postgres():
        url = copy_postgres_template(f"fengtu_e2e_{os.getpid()}_loaded")
        atexit.register(drop_postgres, url)
    else:
        url = f"sqlite:///{folder / 'db.sqlite3'}"
        shutil.copy(template_path(), folder / "db.sqlite3")
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings.demo", "VAR_DIR": str(folder), "DATABASE_URL": url}
    paths = {"PYTHONPATH": f"{ROOT}:{ROOT / 'site'}:{ROOT / 'trace'}"}
    environment = {**os.environ, **settings, **paths}
    subprocess.run([sys.executable, "-c", _LOAD], cwd=ROOT, env=environment, check=True)
    return folder, url
