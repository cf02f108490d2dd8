"""SMS in a list: tests read it."""

from notices.gateways import Message

outbox: list[Message] = []


def send(message: Message) -> None:
    """Keep the message."""
    outbox.append(message)
