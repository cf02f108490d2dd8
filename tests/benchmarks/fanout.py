"""Live fan-out: our consumers and hub next to a bare `websockets` broadcast, in one run on loopback.

Machines differ and are noisy, so what holds is a ratio to the peer, measured in turns with it. CPU is that
of the server process, from /proc. `python -m tests.benchmarks.fanout --quick` for a short look.
"""

import contextlib
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tests.benchmarks.fanout_client import Crowd, connect
from tests.benchmarks.fanout_server import frame

SERVER = "tests.benchmarks.fanout_server"
BARE, OURS = "bare", "telemetry.live.protocol:LiveProtocol"
SMALL_BUFFER = "16384"  # so that a viewer that never reads is full within a second
HEADER = 4  # bytes before 126 to 65,535 bytes of text from a server
TICK = os.sysconf("SC_CLK_TCK")


class Measured(NamedTuple):
    """One run: messages delivered a second, CPU µs each, 99th percentile of delay in s, share delivered."""

    rate: float
    cpu: float
    p99: float
    share: float
    conflated: int


class Server:
    """One server process on a core of its own, with its crowd of viewers."""

    def __init__(self, *arguments: str, viewers: int) -> None:
        command = [sys.executable, "-m", SERVER, *arguments]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        _pin(self._process.pid, 0)
        self.port = self._answer()["port"]
        self.crowd = Crowd(self.port, viewers)

    def send(self, *, frames: int, rate: float = 0, pad: int = 0) -> Measured:
        """Have it send `frames` at `rate` a second, 0 being as fast as it goes."""
        length = len(frame(pad)) + HEADER
        expected = frames * len(self.crowd)
        latencies: list[float] | None = [] if rate else None
        cpu, begun = self._cpu(), time.monotonic()
        self._order({"frames": frames, "rate": rate, "pad": pad})
        quiet = 2 + (1 / rate if rate else 0)
        received, last = self.crowd.drain(quiet=quiet, expected=expected * length, latencies=latencies)
        counts = self._answer()
        delivered = received // length
        return Measured(
            rate=delivered / (last - begun),
            cpu=(self._cpu() - cpu) / delivered * 1e6,
            p99=statistics.quantiles(latencies, n=100)[98] if latencies else 0,
            share=delivered / expected,
            conflated=counts.get("live_conflated", 0),
        )

    def stop(self) -> None:
        """Hang up and end it."""
        self.crowd.close()
        self._process.stdin.close()  # type: ignore[union-attr]
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def _order(self, what: dict[str, float]) -> None:
        self._process.stdin.write(json.dumps(what) + "\n")  # type: ignore[union-attr]
        self._process.stdin.flush()  # type: ignore[union-attr]

    def _answer(self) -> dict[str, int]:
        return json.loads(self._process.stdout.readline())  # type: ignore[union-attr]

    def _cpu(self) -> float:
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICK


@contextlib.contextmanager
def serving(*arguments: str, viewers: int) -> Iterator[Server]:
    """Run a server of that kind."""
    server = Server(*arguments, viewers=viewers)
    try:
        yield server
    finally:
        server.stop()


def in_turns(viewers: int, turns: int, what: Callable[[Server], Measured]) -> tuple[Measured, Measured]:
    """Measure the peer and ours in turns; return the best of each."""
    with serving(BARE, viewers=viewers) as bare, serving(OURS, viewers=viewers) as ours:
        runs = [(what(bare), what(ours)) for _ in range(turns)]
    peer, own = ([run[side] for run in runs] for side in (0, 1))
    return _quietest(peer), _quietest(own)


def beside_a_sleeper(*, frames: int, asleep: bool) -> Measured:
    """Measure 300 viewers, next to one that never reads or alone."""
    with serving(OURS, SMALL_BUFFER, viewers=300) as server:
        sleeper = connect(server.port, receive_buffer=4096) if asleep else None
        measured = server.send(frames=frames, rate=50, pad=6000)
        if sleeper:
            sleeper.close()
    return measured


def run(*, quick: bool = False) -> list[dict[str, Any]]:
    """Measure fan-out; `quick` takes fewer turns and viewers."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    _pin(0, 1)
    many, seconds, turns = (1000, 3, 4) if quick else (3000, 5, 8)
    bare, ours = in_turns(1000, turns, lambda server: server.send(frames=50))
    bare_many, ours_many = in_turns(many, 2, lambda server: server.send(frames=seconds, rate=1))
    alone, beside = (beside_a_sleeper(frames=100, asleep=asleep) for asleep in (False, True))
    if not beside.conflated:
        raise RuntimeError("the viewer that never reads was never full: nothing was measured")
    crowd = f"{many:,} viewers at 1 reading/s"
    return [
        _row(
            "live: to 1,000 viewers, at least 0.8 × bare broadcast",
            ours.rate,
            "messages/s",
            peer=bare.rate,
            holds=ours.rate >= 0.8 * bare.rate,
        ),
        _row(
            f"live: CPU at {crowd}, at most 1.5 × bare broadcast",
            ours_many.cpu,
            "µs/message",
            peer=bare_many.cpu,
            holds=ours_many.cpu <= 1.5 * bare_many.cpu,
        ),
        _row(f"live: p99 delay at {crowd}", ours_many.p99, "s", limit=0.5, holds=ours_many.p99 < 0.5),
        _row(
            "live: p99 delay beside a viewer that never reads, and without it",
            beside.p99,
            "s",
            peer=alone.p99,
            holds=beside.p99 <= max(2 * alone.p99, 0.05),
        ),
        _row(
            "live: delivered beside a viewer that never reads",
            beside.share,
            "share",
            limit=1,
            holds=beside.share >= 1,
        ),
    ]


def _row(
    name: str, value: float, unit: str, *, holds: bool, limit: float | None = None, peer: float | None = None
) -> dict[str, Any]:
    return {"name": name, "value": value, "unit": unit, "limit": limit, "peer": peer, "holds": holds}


def _quietest(runs: list[Measured]) -> Measured:
    """Return the best of each number: what others do on the machine only makes them worse."""
    rate, cpu = max(run.rate for run in runs), min(run.cpu for run in runs)
    return Measured(rate, cpu, min(run.p99 for run in runs), min(run.share for run in runs), 0)


def _pin(process: int, core: int) -> None:
    if (os.cpu_count() or 1) > 1:
        os.sched_setaffinity(process, {core})


if __name__ == "__main__":
    for line in run(quick="--quick" in sys.argv):
        print(json.dumps(line, ensure_ascii=False))
