"""`manage.py print_labels GTIN/LOT --output FILE`: the labels of a batch as PDF, CSV or ZIP."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, BinaryIO, cast

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from record.codes.printing import FORMATS, print_labels
from record.codes.refusals import CodesRefused
from record.labels import DEFAULT_PRESET, PRESETS, FontMissing, NoLabels, UnknownPreset
from record.naming import NoSuchThing, batch_named


class Command(BaseCommand):
    """Prints labels."""

    help = "Write the labels of every living code of a batch: sheets (.pdf), a table (.csv), drawings (.zip)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the batch, the file and the sheet."""
        parser.add_argument("batch", metavar="GTIN/LOT")
        parser.add_argument("--output", type=Path, required=True, metavar="FILE.pdf|.csv|.zip")
        parser.add_argument(
            "--preset", default=DEFAULT_PRESET, choices=sorted(PRESETS), help="sheet of a PDF"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file under another name first, so that a failure leaves no half a file."""
        output: Path = options["output"]
        kind = output.suffix.lower().removeprefix(".")
        if kind not in FORMATS:
            raise CommandError(f"{output.name}: the name must end in .pdf, .csv or .zip")
        building = output.with_name(f".{output.name}.part")
        try:
            batch = batch_named(options["batch"])
            with building.open("wb") as file:
                written = print_labels(
                    batch=batch,
                    kind=kind,
                    out=cast("BinaryIO", _Watched(file)),
                    at=timezone.now(),
                    preset=options["preset"],
                )
            building.replace(output)
        except NoLabels as error:
            raise CommandError(f"{batch.lot} has no codes: issue_codes makes them") from error
        except (NoSuchThing, CodesRefused, UnknownPreset, FontMissing, OSError) as error:
            raise CommandError(str(error)) from error
        finally:
            building.unlink(missing_ok=True)
        self.stdout.write(f"{written:,} labels of {batch.product} {batch.lot} in {output}")


class _Watched:
    """A file that shows on a terminal how much was written."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.tty = sys.stderr.isatty()

    def write(self, data: bytes) -> int:
        """Write, and tell."""
        written = self.file.write(data)
        if self.tty:
            sys.stderr.write(f"\r{self.file.tell() / 1e6:.1f} MB ")
        return written

    def __getattr__(self, name: str) -> Any:
        return getattr(self.file, name)
