"""The embedded MQTT broker of `make demo` and of tests; production uses Mosquitto or another real one."""

from telemetry.broker.server import EmbeddedBroker, run_broker

__all__ = ["EmbeddedBroker", "run_broker"]
