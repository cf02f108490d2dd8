"""Keeps processes running: starts them, restarts what dies, stops all."""

import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from demo.run.parts import Part

GRACE = 6.0  # s a process may take to stop
FIRST_WAIT, LONGEST_WAIT = 0.5, 15.0  # s before a restart; doubles while a process keeps dying young
YOUNG = 10.0  # s


@dataclass
class _Running:
    part: Part
    process: subprocess.Popen[bytes]
    since: float
    wait: float = FIRST_WAIT
    due: float | None = None


@dataclass
class Supervisor:
    """Runs `parts` until told to stop; each writes to `<logs>/<name>.log`."""

    environment: dict[str, str]
    logs: Path
    say: Callable[[str], None]
    running: list[_Running] = field(default_factory=list)

    def start(self, part: Part) -> None:
        """Start one process in our process group, so that Ctrl-C reaches it too."""
        self.running.append(_Running(part, self._open(part), time.monotonic()))

    def watch(self) -> None:
        """Restart what died. Call it a few times a second."""
        for each in self.running:
            if each.process.poll() is not None:
                self._revive(each)

    def stop(self) -> None:
        """Ask all to stop, last started first, and kill what does not within the grace time."""
        for each in reversed(self.running):
            if each.process.poll() is None:
                each.process.send_signal(signal.SIGTERM)
        until = time.monotonic() + GRACE
        for each in self.running:
            try:
                each.process.wait(timeout=max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                each.process.kill()
                each.process.wait()

    def _open(self, part: Part) -> subprocess.Popen[bytes]:
        with (self.logs / f"{part.name}.log").open("ab") as log:
            return subprocess.Popen(
                part.command, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )

    def _revive(self, each: _Running) -> None:
        now = time.monotonic()
        if each.due is None:
            each.wait = min(LONGEST_WAIT, each.wait * 2) if now - each.since < YOUNG else FIRST_WAIT
            each.due = now + each.wait
            self.say(f"{each.part.name} ended ({each.process.returncode}); starting it again")
        elif now >= each.due:
            each.process, each.since, each.due = self._open(each.part), now, None
