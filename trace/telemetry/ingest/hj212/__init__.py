"""HJ 212 over TCP: the stream into frames, who sends them, what is stored, what is answered."""

from telemetry.ingest.hj212.server import run_listener

__all__ = ["run_listener"]
