"""A statement on paper and as a workbook: the same columns, the same cents. The paper is Chinese."""

from pathlib import Path
from typing import IO, Any, Final

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from brand.licences.papers.certificate import look_of
from brand.typeset import typeset
from shop.settlement.models import COLUMNS, Statement

FORM: Final = "zh-hans"
_TEMPLATE = Path(__file__).with_name("statement.typ")


def columns() -> list[str]:
    """Return the headings of the amounts, in the order of `COLUMNS`."""
    fields = {field.name: field.verbose_name for field in Statement._meta.fields}
    return [str(fields[name]) for name in COLUMNS]


def statement_pdf(statement: Statement) -> bytes:
    """Return the statement with a line for each order, its sums and room for two signatures.

    Raises:
        FontMissing: the front-end packages are not installed.
    """
    return typeset(_TEMPLATE, statement_data(statement))


def statement_data(statement: Statement) -> dict[str, Any]:
    """Return what the template reads."""
    member = statement.partner.member
    with translation.override(FORM):
        return {
            "title": _("Settlement statement"),
            "number": statement.number,
            "supplier": statement.partner.name,
            "period": f"{statement.first:%Y-%m-%d} – {statement.last:%Y-%m-%d}",
            "state": str(statement.get_state_display()),
            "columns": [_("Order"), _("Placed"), *columns()],
            "rows": [_row(line) for line in statement.lines.select_related("order")],
            "sums": [f"{getattr(statement, name):,.2f}" for name in COLUMNS],
            "total": _("Sum"),
            "payable": [
                [_("Carried over from before"), f"{statement.carried_in:,.2f}"],
                [_("To be paid out"), f"{statement.payable:,.2f}"],
            ],
            "rule": _("Paid less refunded, plus what the hall bears of promotions, less commission."),
            "empty": _("No order was settled in these days."),
            "signatures": [_("Supplier"), _("Hall")],
            **look_of(member.region.slug if member else "lucheng"),
        }


def _row(line: Any) -> list[str]:
    day = timezone.localtime(line.order.date_placed)
    return [line.order.number, f"{day:%m-%d}", *(f"{getattr(line, name):,.2f}" for name in COLUMNS)]


def write_workbook(statement: Statement, out: IO[bytes]) -> None:
    """Write a sheet with a line for each order and the sums below. Amounts are numbers."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(statement.number)
    sheet.freeze_panes = "A3"
    sheet.append([_text(sheet, f"{statement.partner.name} {statement.first} – {statement.last}")])
    sheet.append([_text(sheet, name) for name in (_("Order"), _("Placed"), *columns())])
    for line in statement.lines.select_related("order"):
        day = timezone.localdate(line.order.date_placed)
        amounts = [getattr(line, name) for name in COLUMNS]
        sheet.append([_text(sheet, line.order.number), day, *amounts])
    sheet.append([_text(sheet, _("Sum")), "", *(getattr(statement, name) for name in COLUMNS)])
    sheet.append([_text(sheet, _("Carried over from before")), statement.carried_in])
    sheet.append([_text(sheet, _("To be paid out")), statement.payable])
    book.save(out)


def _text(sheet: object, words: str) -> WriteOnlyCell:
    """Return a cell that is text whatever it begins with: a name `=…` is no formula."""
    cell = WriteOnlyCell(sheet, words)
    cell.data_type = "s"
    return cell
