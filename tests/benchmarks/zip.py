"""A zip of 2 GB, made while it is sent: what it costs the server in memory, and whether it is whole.

Eight files of 256 MiB lie in the private storage of the demo's server (sparse: they take no room, and are
read, summed and sent like any other). The member of the demo fetches them as one zip.
"""

import json
import socket
import subprocess
import sys
import time
from pathlib import Path

from tests.benchmarks.load import answer, cpu_seconds, request
from tests.benchmarks.stand import demo_database, environment, serving
from tests.template import ROOT

FILES, FILE_BYTES = 8, 256 * 1024 * 1024
LIMIT_MB = 64.0
HOST = "lucheng.localhost"
MB = 1024 * 1024


def run() -> list[dict[str, object]]:
    """Return the row."""
    database, _ = demo_database()
    script = "import django, json; django.setup(); from tests.benchmarks.zip_parts import prepare;"
    script += f"print(json.dumps(prepare({FILES}, {FILE_BYTES})))"
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
        for address in (facts["small"], "/"):  # what every answer needs is loaded
            answer(stand.port, request(address, host=HOST, headers=facts["cookie"]))
        before = _memory(stand.pid, "VmRSS")
        Path(f"/proc/{stand.pid}/clear_refs").write_text("5")  # the peak begins anew
        cpu, began = cpu_seconds(stand.pid), time.monotonic()
        length, received, tail = _fetch(stand.port, facts["zip"], facts["cookie"])
        seconds, cpu = time.monotonic() - began, cpu_seconds(stand.pid) - cpu
        peak = _memory(stand.pid, "VmHWM")
    grown = (peak - before) / 1024
    is_whole = received == length > FILES * FILE_BYTES and b"PK\x05\x06" in tail
    print(
        f"{received / MB:,.0f} MB in {seconds:.1f} s ({received / MB / seconds:,.0f} MB/s, {cpu:.1f} s CPU); "
        f"resident {before / 1024:.0f} MB before, {peak / 1024:.0f} MB at most"
    )
    name = f"zip of {received / MB:,.0f} MB: memory of the server above rest, whole to the last byte"
    return [
        {
            "name": name,
            "value": grown,
            "unit": "MB",
            "limit": LIMIT_MB,
            "peer": None,
            "holds": grown <= LIMIT_MB and is_whole,
        }
    ]


def _memory(pid: int, what: str) -> int:
    """Return a figure of /proc/<pid>/status in KiB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(what))


def _fetch(port: int, path: str, cookie: str) -> tuple[int, int, bytes]:
    """Return the length that was announced, the bytes that came, and the last of them."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as link:
        link.sendall(request(path, host=HOST, headers=cookie))
        head = b""
        while b"\r\n\r\n" not in head:
            head += link.recv(65_536)
        head, _, first = head.partition(b"\r\n\r\n")
        if b" 200 " not in head.split(b"\r\n")[0]:
            raise RuntimeError(head.decode("latin-1"))
        fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
        length, received, tail = int(fields[b"content-length"]), len(first), first[-64:]
        buffer = bytearray(4 * MB)
        while received < length and (count := link.recv_into(buffer)):
            received += count
            tail = (tail + bytes(buffer[max(0, count - 64) : count]))[-64:]
        return length, received, tail
