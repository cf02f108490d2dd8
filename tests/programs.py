"""Other programs in tests: nginx, Mosquitto and our own commands, started on free ports and stopped again."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def needed(program: str) -> str:
    """Return the path of `program`; a machine without it skips the test, the gate fails."""
    found = shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if found:
        return found
    if os.environ.get("CI"):
        pytest.fail(f"{program} is not installed: the gate runs this test")
    pytest.skip(f"{program} is not installed")


def free_port() -> int:
    """Return a port of the loopback address that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(what: Callable[[], bool], *, seconds: float = 10, why: str = "") -> None:
    """Wait for `what` to be true.

    Raises:
        AssertionError: it is not, after `seconds`.
    """
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, why or "waited in vain"
        time.sleep(0.05)


def listens(port: int) -> bool:
    """Tell whether somebody accepts connections on the loopback port."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def running(
    command: list[str], *, log: Path, environment: dict[str, str] | None = None, cwd: Path = ROOT
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program whose output goes to `log`; it is told to stop at the end, and killed if it does not."""
    with log.open("ab") as output:
        process = subprocess.Popen(command, cwd=cwd, env=environment, stdout=output, stderr=output)
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
