"""A cheap HTTP client: it shares the machine with the server it drives, so it must cost next to nothing."""

import selectors
import socket
import time
from dataclasses import dataclass
from pathlib import Path

TICKS = 100  # of /proc/<pid>/stat, per second


@dataclass(frozen=True)
class Driven:
    """What one run gave: responses, wall seconds, CPU seconds of the server."""

    responses: int
    seconds: float
    cpu: float

    @property
    def rate(self) -> float:
        """Return responses per second."""
        return self.responses / self.seconds

    @property
    def cpu_ms(self) -> float:
        """Return CPU milliseconds of the server per response."""
        return self.cpu * 1000 / max(self.responses, 1)


def cpu_seconds(pid: int) -> float:
    """Return user and system time a process has used, of all its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def request(path: str, *, host: str, headers: str = "", method: str = "GET") -> bytes:
    """Return a request as bytes; `headers` are whole lines without the last line end."""
    extra = f"{headers}\r\n" if headers else ""
    return f"{method} {path} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: gzip\r\n{extra}\r\n".encode()


def answer(port: int, sent: bytes) -> tuple[int, bytes]:
    """Return status and whole bytes of one response with a Content-Length."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(sent)
        received = b""
        while b"\r\n\r\n" not in received:
            received += _more(connection)
        head, _, body = received.partition(b"\r\n\r\n")
        length = next(
            (int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0
        )
        while len(body) < length:
            body += _more(connection)
        return int(head.split(b" ", 2)[1]), head + b"\r\n\r\n" + body


def drive(
    port: int, requests: list[bytes], *, pid: int, seconds: float = 3.0, connections: int = 16
) -> Driven:
    """Send `requests` round robin over kept-alive connections for some seconds.

    Responses are counted by their length markers only where they differ in size; each connection keeps
    one request in flight.
    """
    selector, idle = selectors.DefaultSelector(), iter(range(10**9))
    sockets = [socket.create_connection(("127.0.0.1", port)) for _ in range(connections)]
    waiting: dict[socket.socket, bytes] = {}
    for each in sockets:
        each.setblocking(False)
        selector.register(each, selectors.EVENT_READ)
        waiting[each] = b""
    before, began, done = cpu_seconds(pid), time.monotonic(), 0
    for each in sockets:
        each.sendall(requests[next(idle) % len(requests)])
    while (now := time.monotonic()) - began < seconds:
        for key, _ in selector.select(timeout=0.5):
            connection = key.fileobj
            assert isinstance(connection, socket.socket)
            received = waiting[connection] + connection.recv(1 << 18)
            if _is_whole(received):
                done += 1
                waiting[connection] = b""
                connection.sendall(requests[next(idle) % len(requests)])
            else:
                waiting[connection] = received
    used = cpu_seconds(pid) - before
    for each in sockets:
        each.close()
    return Driven(done, now - began, used)


def _is_whole(received: bytes) -> bool:
    end = received.find(b"\r\n\r\n")
    if end < 0:
        return False
    head = received[:end].lower()
    place = head.find(b"content-length:")
    length = int(head[place + 15 :].split(b"\r\n", 1)[0]) if place >= 0 else 0
    return len(received) >= end + 4 + length


def _more(connection: socket.socket) -> bytes:
    received = connection.recv(1 << 18)
    if not received:
        raise ConnectionError("the server closed the connection")
    return received
