"""paho's MQTT client, made cheap for one who receives by the ten thousand.

paho costs three `recv` and one `select` a message and one `send` an acknowledgement, and looks into every
MQTT 5 property. Here whole buffers are received, complete PUBLISH packets are taken straight out of them,
and a batch is acknowledged in one packet of bytes. Everything else (connecting, sessions, keep-alive, TLS,
reconnecting with back-off) is paho's own. See docs/adr.
"""

import socket
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from paho.mqtt.client import Client as PahoClient
from paho.mqtt.client import MQTTErrorCode, MQTTv5

_BUFFER = 131_072  # bytes
_TURNS = 16  # buffers read before something may be written
_PUBLISH, _PUBACK = 0x30, b"\x40\x02"
_RETAIN, _QOS = 0x01, 0x06


class Delivery(NamedTuple):
    """A message as the broker delivered it. `mid` is 0 for one that needs no acknowledgement."""

    topic: str
    payload: bytes
    mid: int
    retained: bool


class Client(PahoClient):
    """A receiving client that hands deliveries to `deliver` and acknowledges them in batches.

    QoS 2 is not asked for and not handled here.
    """

    def __init__(self, *arguments: Any, deliver: Callable[[Delivery], None], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.manual_ack_set(True)
        self._deliver = deliver

    def acknowledge(self, mids: Iterable[int]) -> None:
        """Acknowledge these deliveries of the present connection in one write; from any thread."""
        packet = b"".join([_PUBACK + mid.to_bytes(2, "big") for mid in mids])
        if packet:
            self._packet_queue(_PUBACK[0], packet, 0, 0)

    def loop_read(self, max_packets: int = 1) -> MQTTErrorCode:
        """Read what has arrived: whole PUBLISH packets here, everything else in paho.

        Returns after some buffers although more may be there, so that acknowledgements get out.
        """
        code = MQTTErrorCode.MQTT_ERR_SUCCESS
        for _turn in range(_TURNS):
            self._take_publishes()
            code = super().loop_read(max_packets)
            if code or not isinstance(self._sock, _BufferedSocket) or not self._sock.pending():
                break
        return code

    def _take_publishes(self) -> None:
        if not isinstance(self._sock, _BufferedSocket) or self._in_packet["command"]:
            return  # TLS, or paho is in the middle of a packet
        self._sock.fill()
        for header, body in self._sock.take_publishes():
            self._deliver(_delivery(header, body, has_properties=self._protocol == MQTTv5))

    def _handle_publish(self) -> MQTTErrorCode:
        header, body = self._in_packet["command"], bytes(self._in_packet["packet"])
        self._deliver(_delivery(header, body, has_properties=self._protocol == MQTTv5))
        return MQTTErrorCode.MQTT_ERR_SUCCESS

    def _create_socket(self) -> Any:
        created = super()._create_socket()
        return _BufferedSocket(created) if type(created) is socket.socket else created


class _BufferedSocket:
    """A TCP socket with a receive buffer; `pending` tells paho not to wait while there is something in it."""

    def __init__(self, connected: socket.socket) -> None:
        self._socket = connected
        self._buffer = b""
        self._at = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._socket, name)

    def pending(self) -> int:
        """Return the number of bytes received and not yet taken."""
        return len(self._buffer) - self._at

    def fill(self) -> None:
        """Receive what has arrived when nothing is left; errors are left for `recv` to meet again."""
        if not self.pending():
            try:
                self._buffer, self._at = self._socket.recv(_BUFFER), 0
            except OSError:
                self._buffer, self._at = b"", 0

    def recv(self, size: int) -> bytes:
        """Return up to `size` bytes, from the buffer first."""
        if not self.pending():
            self._buffer, self._at = self._socket.recv(_BUFFER), 0
        piece = self._buffer[self._at : self._at + size]
        self._at += len(piece)
        return piece

    def take_publishes(self) -> Iterable[tuple[int, bytes]]:
        """Take the complete PUBLISH packets at the head of the buffer: fixed header and body of each."""
        buffer, end = self._buffer, len(self._buffer)
        while self._at < end and buffer[self._at] & 0xF0 == _PUBLISH:
            length, start = _varint(buffer, self._at + 1)
            if start == 0 or start + length > end:
                return
            header, self._at = buffer[self._at], start + length
            yield header, buffer[start : start + length]


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """Return a variable byte integer and where the rest begins; 0 and 0 when it is not all there."""
    value, shift = 0, 0
    for place in range(at, min(at + 4, len(data))):
        value |= (data[place] & 0x7F) << shift
        if data[place] < 0x80:
            return value, place + 1
        shift += 7
    return 0, 0


def _delivery(header: int, body: bytes, *, has_properties: bool) -> Delivery:
    """Take a PUBLISH packet apart (MQTT 5 §3.3): topic, packet identifier, properties, payload."""
    rest = 2 + int.from_bytes(body[:2], "big")
    topic = body[2:rest].decode(errors="replace")
    mid = 0
    if header & _QOS:
        mid = int.from_bytes(body[rest : rest + 2], "big")
        rest += 2
    if has_properties:
        length, rest = _varint(body, rest)
        rest += length
    return Delivery(topic, body[rest:], mid, bool(header & _RETAIN))
