"""`manage.py verify_chain [GTIN/LOT] [--digest FILE]`: name every event that is not what it was.

Without a digest the chains are recomputed: a changed row is found. Somebody who recomputes all later hashes
as well is found only by a digest that was published before and kept elsewhere.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from record.events.chain import BrokenLink, broken_links
from record.models import Batch
from record.naming import NoSuchThing, batch_named
from record.proof.contradictions import Contradiction, altered_digests, contradictions
from record.proof.files import UnreadableDigest, parse_digest

_PROBLEMS = {
    "changed": "was changed after it was recorded",
    "people_changed": "names other people than were recorded",
    "people_gone": "has lost its names, and nobody erased them on record",
    "detached": "does not follow the event before it",
    "missing": "has lost the event before it",
}
_CONTRADICTIONS = {
    "rewritten": "is not the one of the digest: it was rewritten",
    "rewritten_before": "or one before it was rewritten: the digest has another hash",
    "lost": "is in the digest and no longer on record",
}


class Command(BaseCommand):
    """Checks that no event was changed, removed or slipped in."""

    help = (
        "Recompute the hash chain of one batch or of all, compare it with a published digest if one is "
        "given, and exit 1 naming each event that does not fit."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take an optional batch and an optional digest."""
        parser.add_argument("batch", nargs="?", help="<gtin>/<lot>; all batches without it")
        parser.add_argument("--digest", metavar="FILE", help="a digest that was kept; - reads standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, and fail with the list of what is wrong."""
        batches = self._batches(options["batch"])
        file = _read(options["digest"]) if options["digest"] else b""
        broken, events = self._recomputed(batches)
        if file:
            broken += _compared(file, batches[0] if options["batch"] else None)
        if broken:
            raise CommandError("\n".join(broken), returncode=1)
        self.stdout.write(f"{events} events of {len(batches)} batches: every chain is whole")
        if file:
            self.stdout.write(f"and nothing contradicts the digest of {parse_digest(file).date:%Y-%m-%d}")

    def _recomputed(self, batches: list[Batch]) -> tuple[list[str], int]:
        broken: list[str] = []
        events = 0
        for count, batch in enumerate(batches, start=1):
            chain = batch.events.order_by("sequence").prefetch_related("photos__image")
            broken += [_broken(batch, link) for link in broken_links(chain)]
            events += len(chain)
            if self.stdout.isatty():
                self.stdout.write(f"\r{count} batches, {events} events", ending="")
        if self.stdout.isatty():
            self.stdout.write("")
        return broken, events

    def _batches(self, name: str | None) -> list[Batch]:
        try:
            return (
                [batch_named(name)] if name else list(Batch.objects.select_related("product").order_by("pk"))
            )
        except NoSuchThing as error:
            raise CommandError(str(error), returncode=2) from error


def _read(name: str) -> bytes:
    try:
        file = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        parse_digest(file)
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error.strerror}", returncode=2) from error
    except UnreadableDigest as error:
        raise CommandError(f"{name} is no digest: {error}", returncode=2) from error
    return file


def _compared(file: bytes, batch: Batch | None) -> Iterator[str]:
    digest = parse_digest(file)
    for day in altered_digests(file):
        yield f"the digest of {day} stored here is not the one that was published"
    for found in contradictions(digest, batch=batch.pk if batch else None):
        yield _contradiction(found)


def _broken(batch: Batch, link: BrokenLink) -> str:
    where = f"{batch.product.gtin or batch.product.slug}/{batch.lot}"
    return f"{where}: event {link.event.sequence} ({link.event.title}) {_PROBLEMS[link.problem]}"


def _contradiction(found: Contradiction) -> str:
    title = f" ({found.title})" if found.title else ""
    return f"{found.batch}: event {found.sequence}{title} {_CONTRADICTIONS[found.problem]}"
