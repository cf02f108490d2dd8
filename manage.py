#!/usr/bin/env python
"""Django's command line for Fengtu."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
# `site` and `trace` are names of the standard library: both folders are source roots, never packages.
sys.path[1:1] = [str(ROOT / "site"), str(ROOT / "trace")]


def main() -> None:
    """Run the command named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
