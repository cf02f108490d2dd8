"""What entry in the field needs: inputs and templates before the batches, a table and duties after them."""

import csv
import re
from io import StringIO
from typing import Any

from accounts.models import User
from demo.load.county import County
from demo.load.people import login
from record.importing.imports import keep_sheet, record_lines
from record.models import EventTemplate, StageDuty, Substance


def add_inputs(county: County) -> None:
    """Register the county's inputs and add the templates of its products."""
    words = county.content("fieldwork")
    for each in words["input"]:
        Substance.objects.get_or_create(name=each["name"], crop=None, defaults=each)
    EventTemplate.objects.bulk_create(
        EventTemplate(**{**each, "product": county.products[each["product"]], "position": place})
        for place, each in enumerate(words["template"], 1)
    )


def add_fieldwork(county: County) -> None:
    """Send the county's table in and record what can be; from then on, packing names who answers for it."""
    if sheet := county.content("fieldwork").get("sheet"):
        clerk = User.objects.get(email=login("clerk"))
        at = county.calendar.moment(sheet["days"], "16:20")
        kept = keep_sheet(name=sheet["name"], content=_table(county, sheet), user=clerk, at=at)
        record_lines(source=kept, user=clerk, at=at)
    StageDuty.objects.get_or_create(stage="processing", defaults={"needs_responsible": True})


def _table(county: County, sheet: dict[str, Any]) -> bytes:
    """Return the table as a .csv file, with lot numbers and days filled in."""
    out = StringIO()
    csv.writer(out).writerows([_cell(county, cell) for cell in row] for row in sheet["rows"])
    return out.getvalue().encode()


def _cell(county: County, cell: str) -> str:
    def filled(match: re.Match[str]) -> str:
        name = match[1]
        return f"{county.calendar.day(int(name)):%Y-%m-%d}" if name.isdigit() else county.batches[name].lot

    return re.sub(r"\{([\w-]+)\}", filled, cell)
