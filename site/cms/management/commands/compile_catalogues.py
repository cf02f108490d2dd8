"""`manage.py compile_catalogues`: make the translations usable."""

from typing import Any

from django.core.management import BaseCommand

from config import ROOT
from lib.catalogues import compile_changed


class Command(BaseCommand):
    """Compiles changed message catalogues."""

    help = "Compile the message catalogues that changed."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Compile, and say how many."""
        self.stdout.write(f"{compile_changed(ROOT)} catalogues compiled")
