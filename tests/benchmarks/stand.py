"""A server to measure: the product as the demo runs it, with demo content, on a database of its own."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.benchmarks.load import answer, request
from tests.programs import free_port
from tests.template import ROOT, VAR, build_template, template_path

CONSTANT = "tests.benchmarks.constant:application"
PRODUCT = "config.asgi:application"
READY_WITHIN = 240  # s


@dataclass(frozen=True)
class Stand:
    """A running server."""

    port: int
    pid: int
    facts: dict[str, Any]


def demo_database() -> tuple[Path, dict[str, Any]]:
    """Return a database with the demo content, and what the demo tells programs of it; made once."""
    build_template()
    path = VAR / f"bench-{template_path().stem.rsplit('-', 1)[1]}.sqlite3"
    facts = path.with_suffix(".json")
    if not facts.exists():
        shutil.copy(template_path(), path)
        say("loading the demo content (once for each set of migrations)")
        load = "import json, sys; from django.utils import timezone; from demo.load import load_demo;"
        load += "json.dump(load_demo(at=timezone.now(), say=lambda line: None), open(sys.argv[1], 'w'))"
        script = f"import django; django.setup(); {load}"
        subprocess.run(
            [sys.executable, "-c", script, str(facts)], cwd=ROOT, env=environment(path), check=True
        )
    collect_static(path)
    return path, json.loads(facts.read_text())


@cache
def collect_static(database: Path) -> None:
    """Gather the static files anew: pages look them up in the manifest."""
    (VAR / "bench").mkdir(parents=True, exist_ok=True)
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"]
    subprocess.run(collect, cwd=ROOT, env=environment(database), check=True)


def environment(database: Path) -> dict[str, str]:
    """Return the environment of a server on that database, without outside services."""
    kept = {name: value for name, value in os.environ.items() if name not in {"REDIS_URL", "MQTT_URL"}}
    paths = {"PYTHONPATH": ".:site:trace", "VAR_DIR": str(VAR / "bench"), "LOG_LEVEL": "WARNING"}
    return {
        **kept,
        **paths,
        "DATABASE_URL": f"sqlite:///{database}",
        "DJANGO_SETTINGS_MODULE": "config.settings.demo",
    }


@contextmanager
def serving(application: str = PRODUCT) -> Iterator[Stand]:
    """Run uvicorn with `application` as the demo does, until the block ends."""
    database, facts = demo_database()
    with running(application, port=free_port(), env=environment(database), facts=facts) as stand:
        yield stand


@contextmanager
def running(application: str, *, port: int, env: dict[str, str], facts: dict[str, Any]) -> Iterator[Stand]:
    """Run uvicorn with `application` in that environment until the block ends."""
    options = ["--app-dir", "site", "--port", str(port), "--no-access-log", "--log-level", "warning"]
    live = ["--ws-per-message-deflate", "false"]
    if application in {PRODUCT, CONSTANT}:
        live += ["--ws", "config.websockets:LiveProtocol"]
    command = [sys.executable, "-m", "uvicorn", application, *options, *live]
    with subprocess.Popen(command, cwd=ROOT, env=env) as process:
        try:
            _wait(port, process)
            yield Stand(port, process.pid, facts)
        finally:
            process.terminate()


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Wait until the server is well; on a busy machine its imports alone take longer than half a minute.

    Raises:
        RuntimeError: it ended, or is not well after READY_WITHIN.
    """
    started = time.monotonic()
    say(f"starting the server on port {port}")
    while (waited := time.monotonic() - started) < READY_WITHIN:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        try:
            if answer(port, request("/healthz", host="127.0.0.1"))[0] == 200:
                say(f"it is well after {waited:.0f} s")
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"the server is not well after {READY_WITHIN} s")


def say(words: str) -> None:
    """Tell how far it is, beside the rows."""
    print(f"  … {words}", file=sys.stderr, flush=True)
