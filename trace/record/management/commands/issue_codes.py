"""`manage.py issue_codes GTIN[/LOT] --quantity N`: new codes for a product or a batch."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from record.codes.issuing import issue_codes
from record.codes.refusals import CodesRefused
from record.naming import NoSuchThing, batch_named, product_named


class Command(BaseCommand):
    """Issues codes."""

    help = "Issue codes for a product (GTIN) or, bound at once, for a batch of it (GTIN/LOT)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what the codes are for and how many."""
        parser.add_argument("name", metavar="GTIN[/LOT]")
        parser.add_argument("--quantity", type=int, required=True, metavar="N")
        parser.add_argument("--show", action="store_true", help="print the serials, one per line")

    def handle(self, *args: Any, **options: Any) -> None:
        """Issue them, all or none."""
        name, quantity = options["name"], options["quantity"]
        try:
            batch = batch_named(name) if "/" in name else None
            product = batch.product if batch else product_named(name)
            serials = issue_codes(
                product=product,
                batch=batch,
                quantity=quantity,
                at=timezone.now(),
                progress=_progress(quantity),
            )
        except (NoSuchThing, CodesRefused) as error:
            raise CommandError(str(error)) from error
        if options["show"]:
            self.stdout.write("\n".join(serials))
        of = f"batch {batch.lot}" if batch else "no batch yet"
        self.stdout.write(f"{len(serials):,} codes of {product} issued, {of}")


def _progress(quantity: int) -> Any:
    def tell(done: int) -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{done:,} of {quantity:,} codes" + ("\n" if done == quantity else ""))

    return tell
