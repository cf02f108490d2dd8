"""`manage.py demo`: five counties, everything running, on this machine."""

import json
import secrets
import signal
import socket
import time
import urllib.error
import urllib.request
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from demo.load import load_demo
from demo.run.opening import opening
from demo.run.parts import HOST, Ports, environment, parts
from demo.run.prepare import prepare
from demo.run.supervisor import Supervisor

READY_WITHIN = 300.0  # s; a small machine that does something else beside takes minutes


class Command(BaseCommand):
    """Prepares, loads, runs and watches the demo until Ctrl-C."""

    help = "Load the five demonstration counties and run every part on this machine."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until SIGINT or SIGTERM.

        Raises:
            CommandError: a port is taken, or the site does not answer.
        """
        ports = Ports.from_environment()
        _refuse_taken(ports.web, "PORT")
        if not settings.MQTT_URL:
            _refuse_taken(ports.mqtt, "MQTT_PORT")
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, _interrupt)
        try:
            self._run(ports)
        except KeyboardInterrupt:
            self.say("stopped")

    def say(self, line: str) -> None:
        """Print a line; lines that count up overwrite themselves on a terminal."""
        counting = line.startswith("  ") and self.stdout.isatty()
        self.stdout.write(f"\r\033[K{line}" if counting else line, ending="" if counting else "\n")
        self.stdout.flush()

    def _run(self, ports: Ports) -> None:
        logs = settings.VAR / "log"
        logs.mkdir(parents=True, exist_ok=True)
        self.say("preparing the database and the static files (a minute the first time)")
        prepare(self.say)
        self.say("loading the five counties")
        loaded = load_demo(at=timezone.now(), say=self.say)
        password = secrets.token_urlsafe(24)
        chosen = parts(ports, ingest_password=password)
        self.say("starting: " + ", ".join(part.name for part in chosen))
        supervisor = Supervisor(environment(ports, ingest_password=password), logs, self.say)
        printed = settings.VAR / "demo.json"
        try:
            for part in chosen:
                supervisor.start(part)
            self._wait_until_ready(ports, supervisor)
            facts = {
                "url": f"http://{HOST}:{ports.web}",
                "mqtt": {"host": HOST, "port": ports.mqtt},
                **loaded,
                "hj212": {"host": HOST, "port": ports.hj212, **loaded["hj212"]},
            }
            printed.write_text(json.dumps(facts, ensure_ascii=False, indent=1))
            self.stdout.write(opening(facts))
            while True:
                supervisor.watch()
                time.sleep(0.3)
        finally:
            printed.unlink(missing_ok=True)
            supervisor.stop()

    def _wait_until_ready(self, ports: Ports, supervisor: Supervisor) -> None:
        until = time.monotonic() + READY_WITHIN
        while not _answers(ports.web):
            supervisor.watch()
            if time.monotonic() > until:
                raise CommandError(
                    f"the site did not answer within {READY_WITHIN:.0f} s: see {supervisor.logs}"
                )
            time.sleep(0.2)


def _interrupt(number: int, frame: Any) -> None:
    # a second Ctrl-C must not cut the stopping short
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise KeyboardInterrupt


def _refuse_taken(port: int, variable: str) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise CommandError(
                f"port {port} is taken: choose another with {variable}={port + 100} make demo"
            ) from error


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{HOST}:{port}/healthz", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
