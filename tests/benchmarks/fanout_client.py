"""The viewers of the fan-out benchmark: thousands of raw sockets in one process, counted by bytes."""

import re
import selectors
import socket
import time
from datetime import UTC, datetime

_AT = re.compile(rb'"at":"([0-9T:.-]{23})Z","values"')
HANDSHAKE = (
    "GET /ws/bases/zhangjiahe/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n"
    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)


def connect(port: int, *, receive_buffer: int = 0) -> socket.socket:
    """Open one websocket and return its socket once the server has agreed."""
    viewer = socket.socket()
    if receive_buffer:
        viewer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    viewer.connect(("127.0.0.1", port))
    viewer.sendall(HANDSHAKE.format(port=port).encode())
    answer = viewer.recv(4096)
    if not answer.startswith(b"HTTP/1.1 101"):
        raise ConnectionError(answer[:200])
    viewer.setblocking(False)
    return viewer


class Crowd:
    """Many viewers who read everything at once."""

    def __init__(self, port: int, size: int) -> None:
        self._selector = selectors.DefaultSelector()
        self._buffer = bytearray(1 << 18)
        self._size = size
        for _ in range(size):
            self._selector.register(connect(port), selectors.EVENT_READ)
        self.drain(quiet=0.3)

    def __len__(self) -> int:
        return self._size

    def drain(
        self, *, quiet: float, expected: int | None = None, latencies: list[float] | None = None
    ) -> tuple[int, float]:
        """Read until `expected` bytes came or nothing for `quiet` s; return bytes and time of the last."""
        received, last = 0, time.monotonic()
        while (expected is None or received < expected) and time.monotonic() - last < quiet:
            for key, _ in self._selector.select(quiet / 4):
                size = key.fileobj.recv_into(self._buffer)  # type: ignore[union-attr]
                if not size:
                    raise ConnectionError("the server hung up")
                received += size
                if latencies is not None:
                    self._measure(size, latencies)
                last = time.monotonic()
        return received, last

    def close(self) -> None:
        """Hang up on all."""
        for key in list(self._selector.get_map().values()):
            key.fileobj.close()  # type: ignore[union-attr]
        self._selector.close()

    def _measure(self, size: int, latencies: list[float]) -> None:
        now = time.time()
        for found in _AT.finditer(self._buffer, 0, size):
            sent = datetime.fromisoformat(found[1].decode()).replace(tzinfo=UTC)
            latencies.append(now - sent.timestamp())
