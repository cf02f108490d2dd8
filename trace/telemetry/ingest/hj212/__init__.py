"""HJ 212 over TCP: the stream into frames, who sends them, what is stored, what is answered."""

from telemetry.ingest.hj212.server import run_listener
from telemetry.ingest.hj212.thread import parse_address, start_listener

__all__ = ["parse_address", "run_listener", "start_listener"]
