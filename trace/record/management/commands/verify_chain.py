"""`manage.py verify_chain [GTIN/LOT]`: recompute the chains of events and name what does not fit."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from record.chain import BrokenLink, broken_links
from record.models import Batch
from record.naming import NoSuchThing, batch_named

_PROBLEMS = {
    "changed": "was changed after it was recorded",
    "people_changed": "names other people than were recorded",
    "detached": "does not follow the event before it",
    "missing": "has lost the event before it",
}


class Command(BaseCommand):
    """Checks that no event was changed, removed or slipped in."""

    help = "Recompute the hash chain of one batch or of all, and exit 1 naming each event that does not fit."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take an optional batch."""
        parser.add_argument("batch", nargs="?", help="<gtin>/<lot>; all batches without it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, and fail with the list of what is wrong."""
        broken: list[str] = []
        events = batches = 0
        for batch in self._batches(options["batch"]):
            chain = batch.events.order_by("sequence").prefetch_related("photos__image")
            broken += [_sentence(batch, link) for link in broken_links(chain)]
            events, batches = events + len(chain), batches + 1
            if self.stdout.isatty():
                self.stdout.write(f"\r{batches} batches, {events} events", ending="")
        if self.stdout.isatty():
            self.stdout.write("")
        if broken:
            raise CommandError("\n".join(broken), returncode=1)
        self.stdout.write(f"{events} events of {batches} batches: every chain is whole")

    def _batches(self, name: str | None) -> list[Batch]:
        try:
            return (
                [batch_named(name)] if name else list(Batch.objects.select_related("product").order_by("pk"))
            )
        except NoSuchThing as error:
            raise CommandError(str(error), returncode=2) from error


def _sentence(batch: Batch, link: BrokenLink) -> str:
    where = f"{batch.product.gtin or batch.product.slug}/{batch.lot}"
    return f"{where}: event {link.event.sequence} ({link.event.title}) {_PROBLEMS[link.problem]}"
