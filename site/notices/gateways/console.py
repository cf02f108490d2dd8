"""SMS on the terminal: development and the demo, where no gateway is set."""

import sys

from notices.gateways import Message


def send(message: Message) -> None:
    """Show the message where the server runs."""
    sys.stdout.write(f"SMS to {message.to}: {message.text}\n")
    sys.stdout.flush()
