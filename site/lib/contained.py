"""Running programs of which we expect the worst: bounded, behind everybody else, gone when we are.

Used as a module to start them; run as a script it is what stands between: it sets the bounds and becomes the
program. A function called in the child instead (`preexec_fn`) is not safe where there are threads.
"""

import ctypes
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

NICE: Final = 15
_PARENT_DIED: Final = 1  # PR_SET_PDEATHSIG of Linux


def start(
    program: list[str], *, seconds: int, memory: int, file_size: int, **given: Any
) -> "subprocess.Popen[str]":
    """Start `program` with at most `seconds` of processor time, `memory` bytes and files of `file_size`.

    It knows nothing of our environment. `given` goes to Popen.
    """
    bounds = [str(number) for number in (os.getpid(), seconds, memory, file_size)]
    return subprocess.Popen(
        [sys.executable, "-I", str(Path(__file__)), *bounds, *program],
        env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
        text=True,
        stdin=subprocess.DEVNULL,
        **given,
    )


def _become(parent: int, seconds: int, memory: int, file_size: int, program: list[str]) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PARENT_DIED, signal.SIGKILL)
        if os.getppid() != parent:  # it died before we asked
            sys.exit(1)
    os.nice(NICE)
    for bound, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, file_size),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(bound, (most, most))
    os.execv(program[0], program)  # noqa: S606 - that is what this is for


if __name__ == "__main__":
    _parent, _seconds, _memory, _file_size = (int(number) for number in sys.argv[1:5])
    _become(_parent, _seconds, _memory, _file_size, sys.argv[5:])
