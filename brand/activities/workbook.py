"""The people of one activity as a workbook: what the association files as its attendance list."""

from collections.abc import Iterable
from typing import IO

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from brand.activities.models import Activity
from brand.activities.sign_ups import SignUp
from lib import dates
from lib.phone import display_phone

_WIDTHS = {"A": 14, "B": 18, "C": 28, "D": 20, "E": 20, "F": 20}


def write_workbook(activity: Activity, people: Iterable[SignUp], out: IO[bytes]) -> None:
    """Write the list to `out`, `people` with their members."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Who comes"))
    sheet.freeze_panes = "A3"
    for column, width in _WIDTHS.items():
        sheet.column_dimensions[column].width = width
    what = f"{activity.title} {dates.moment(activity.starts_at)} {activity.place}"
    sheet.append([_cell(sheet, what, bold=True)])
    names = (
        pgettext("person", "Name"),
        _("Mobile number"),
        _("Member"),
        _("State"),
        _("Signed up"),
        _("Came"),
    )
    sheet.append([_cell(sheet, name, bold=True) for name in names])
    for person in people:
        sheet.append([_cell(sheet, text) for text in _line(person)])
    book.save(out)


def _line(person: SignUp) -> tuple[str, ...]:
    return (
        person.name,
        display_phone(person.phone) if person.phone else "",
        person.member.name if person.member else "",
        str(person.get_state_display()),
        dates.moment(person.signed_up_at),
        dates.moment(person.checked_in_at),
    )


def _cell(sheet: object, text: str, *, bold: bool = False) -> WriteOnlyCell:
    """Return a cell that is text whatever it begins with: a name `=…` is no formula."""
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell
