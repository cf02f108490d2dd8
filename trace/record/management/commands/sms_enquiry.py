"""The console's SMS gateway: asks about a code as a text message would and prints the answer."""

import secrets
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from record.sms.enquiries import answer_enquiry


class Command(BaseCommand):
    """Answers one text message."""

    help = "Answer a text message as the SMS gateway would: sms_enquiry '7KQX M3RT W9HV 4CND'"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the text and the phone."""
        parser.add_argument("text", help="what the message says")
        parser.add_argument("--from", dest="sender", default="console", help="the number of the phone")
        parser.add_argument(
            "--id", default="", help="the number of the message; the same one is answered once"
        )

    def handle(self, *args: Any, text: str, sender: str, id: str, **options: Any) -> None:
        """Print the answer."""
        enquiry = answer_enquiry(
            gateway="console",
            message_id=id or secrets.token_hex(8),
            sender=sender,
            text=text,
            at=timezone.now(),
        )
        self.stdout.write(enquiry.answer)
