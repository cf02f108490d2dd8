"""`python -m tests.benchmarks`: run the benchmarks, print a table, write JSON with `--json FILE`."""

import argparse
import importlib
import json
import sys
from pathlib import Path
from typing import TypedDict

NAMES = (
    "pages",
    "phone",
    "news",
    "resolver",
    "record",
    "licence",
    "codes",
    "labels",
    "recall",
    "scale",
    "vi",
    "zip",
    "fanout",
    "live",
    "ingest",
    "shop_pages",
    "checkout",
    "heartbeats",
    "films",
)


class Row(TypedDict):
    """One measured claim; exactly one of `limit` and `peer` is what it is held against."""

    name: str
    value: float
    unit: str
    limit: float | None
    peer: float | None
    holds: bool


def _line(row: Row) -> str:
    verdict = "holds" if row["holds"] else "FAILS"
    held = {"limit": row["limit"], "peer": row["peer"]}
    against = ", ".join(f"{key} {figure:,.6g}" for key, figure in held.items() if figure is not None)
    return f"{verdict:<6} {row['name']:<66} {row['value']:>12,.6g} {row['unit']:<14} {against}"


def main() -> int:
    """Run what is asked for; exit 1 when a claim does not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="write the rows to this file")
    parser.add_argument("--only", action="append", choices=NAMES, help="run this one; may be repeated")
    asked = parser.parse_args()
    rows: list[Row] = []
    for name in asked.only or NAMES:
        print(f"--- {name}", flush=True)
        for row in importlib.import_module(f"tests.benchmarks.{name}").run():
            rows.append(row)
            print(_line(row), flush=True)
    if asked.json:
        asked.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1))
    return 0 if all(row["holds"] for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
