"""200 people watch a 720p video that the application itself sends; pages go on being answered.

Each viewer takes the film as a browser does that has enough to play: 2.5 Mbit/s, by a ticket of their own.
Pages are asked for one after the other, uncached, first while nobody watches, then while everybody does.
"""

import json
import socket
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tests.benchmarks.load import answer, cpu_seconds, request
from tests.benchmarks.stand import demo_database, environment, serving
from tests.template import ROOT

VIEWERS = 200
RATE = 2_500_000 / 8  # bytes a second of one viewer
PACE = 0.25  # s between what a viewer takes
WARM, MEASURED = 4.0, 12.0  # s
LENGTH = 64 * 1024 * 1024  # bytes of the film: nobody reaches its end
HOST = "lucheng.localhost"
WORSE = 2.0  # times what a page takes while nobody watches


@dataclass(slots=True)
class Viewer:
    """One connection and how much it took."""

    link: socket.socket
    taken: int = 0


def run() -> list[dict[str, object]]:
    """Return the rows: pages beside viewers, and whether the viewers got what they need."""
    database, _ = demo_database()
    script = "import django, json; django.setup(); from tests.benchmarks.films_parts import prepare;"
    script += f"print(json.dumps(prepare({VIEWERS}, {LENGTH})))"
    made = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=environment(database),
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    facts = json.loads(made.stdout.splitlines()[-1])
    with serving() as stand:
        for _warm in range(20):
            _page(stand.port)
        quiet = _pages(stand.port, MEASURED / 3)
        viewers = [_begin(stand.port, path) for path in facts["films"]]
        cpu, began = cpu_seconds(stand.pid), time.monotonic()
        beside, starved = _watch(stand.port, viewers)
        cpu = (cpu_seconds(stand.pid) - cpu) / (time.monotonic() - began)
    return _rows(quiet, beside, viewers, starved, cpu)


def _rows(
    quiet: list[float], beside: list[float], viewers: list[Viewer], starved: int, cpu: float
) -> list[dict[str, object]]:
    still, busy = statistics.median(quiet) * 1000, statistics.median(beside) * 1000
    sent = sum(viewer.taken for viewer in viewers) / (WARM + MEASURED) * 8 / 1e6
    print(
        f"{len(viewers)} viewers, {sent:,.0f} Mbit/s, {cpu:.0%} of a core; a page takes {still:.1f} ms while "
        f"nobody watches, {busy:.1f} ms beside them (p95 {_high(quiet):.1f} and {_high(beside):.1f})"
    )
    return [
        {
            "name": f"{VIEWERS} viewers of a 720p video: uncached page beside them",
            "value": busy,
            "unit": "ms",
            "limit": still * WORSE,
            "peer": None,
            "holds": busy <= still * WORSE,
        },
        {
            "name": f"{VIEWERS} viewers of a 720p video: viewers behind their 2.5 Mbit/s",
            "value": starved,
            "unit": "viewers",
            "limit": 0,
            "peer": None,
            "holds": starved == 0,
        },
    ]


def _high(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)] * 1000


def _page(port: int) -> float:
    """Return how long a page takes that the cache never keeps."""
    began = time.monotonic()
    status, _ = answer(port, request("/training/?uncached=1", host=HOST, headers="Connection: close"))
    if status != 200:
        raise RuntimeError(f"the page answered {status}")
    return time.monotonic() - began


def _pages(port: int, seconds: float) -> list[float]:
    until, times = time.monotonic() + seconds, []
    while time.monotonic() < until:
        times.append(_page(port))
        time.sleep(0.05)
    return times


def _begin(port: int, path: str) -> Viewer:
    link = socket.create_connection(("127.0.0.1", port), timeout=30)
    # small: what lies between says nothing about what was watched
    link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 128 * 1024)
    link.sendall(request(path, host=HOST, headers="Range: bytes=0-"))
    head = link.recv(65_536)
    if b" 206 " not in head.split(b"\r\n")[0]:
        raise RuntimeError(head[:200].decode("latin-1"))
    link.setblocking(False)
    return Viewer(link)


def _watch(port: int, viewers: list[Viewer]) -> tuple[list[float], int]:
    """Return how long pages took beside the viewers, and how many of these fell behind by two seconds."""

    with ThreadPoolExecutor(1) as pages:
        began = time.monotonic()
        measured = None
        while (now := time.monotonic() - began) < WARM + MEASURED:
            if measured is None and now >= WARM:
                measured = pages.submit(_pages, port, MEASURED - 0.5)
            for viewer in viewers:
                _take(viewer, int(RATE * (time.monotonic() - began)))
            time.sleep(max(0.0, PACE - (time.monotonic() - began - now)))
        assert measured is not None
        times = measured.result(timeout=60)
    for viewer in viewers:
        viewer.link.close()
    due = RATE * (WARM + MEASURED - 2)
    return times, sum(viewer.taken < due for viewer in viewers)


def _take(viewer: Viewer, due: int) -> None:
    """Take what has been played meanwhile, as far as it is there."""
    while viewer.taken < due:
        try:
            count = len(viewer.link.recv(min(256 * 1024, due - viewer.taken)))
        except BlockingIOError:
            return
        if not count:
            raise RuntimeError("the film ended early")
        viewer.taken += count
