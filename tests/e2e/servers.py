"""Brokers and a Redis that belong to one journey, which may kill them."""

import os
import subprocess
from pathlib import Path

from tests.programs import needed


class Server:
    """A server of the test's own that can be killed or stopped, and started again."""

    def __init__(self, *command: str) -> None:
        self.command = command
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def restart(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=10)
        self.start()


def own_redis(folder: Path, port: int) -> Server:
    return Server(
        needed("redis-server"), "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)
    )


def own_mosquitto(folder: Path, port: int) -> Server:
    store = folder / "mosquitto"
    store.mkdir()
    settings = folder / "mosquitto.conf"
    lines = [f"listener {port} 127.0.0.1", "allow_anonymous true", "persistence true"]
    lines += [f"persistence_location {store}/", "max_queued_messages 100000"]
    if os.geteuid() == 0:
        lines.append("user root")  # it would give root up, and could not keep its store in our folder
    settings.write_text("\n".join(lines) + "\n")
    return Server(needed("mosquitto"), "-c", str(settings))
