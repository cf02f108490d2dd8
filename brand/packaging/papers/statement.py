"""The monthly statement on paper. Chinese, whatever language the desk works in."""

from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from brand.licences.papers.certificate import look_of
from brand.packaging.papers.columns import item_columns, item_row, member_columns, member_row, month_name
from brand.packaging.papers.note import FORM
from brand.packaging.statements import Statement
from brand.typeset import typeset

_TEMPLATE = Path(__file__).with_name("statement.typ")


def statement_pdf(found: Statement) -> bytes:
    """Return the statement with a line for each item and for each item at each member.

    Raises:
        FontMissing: the front-end packages are not installed.
    """
    return typeset(_TEMPLATE, statement_data(found))


def statement_data(found: Statement) -> dict[str, Any]:
    """Return what the template reads."""
    with translation.override(FORM):
        return {
            "title": _("Packaging statement"),
            "month": month_name(found.first),
            "county": found.region.full_name,
            "preliminary": "" if found.is_over else _("The month is not over: figures may still be added."),
            "tables": [
                _table(_("On the shelf"), item_columns(), [item_row(line) for line in found.items]),
                _table(_("At the members"), member_columns(), [member_row(line) for line in found.members]),
            ],
            "problems": found.problems,
            "empty": _("Nothing moved and nothing was there."),
            "rule": _("Opening plus what came minus what left is closing, computed from the ledger."),
            "signatures": [
                pgettext("packaging", "Store"),
                pgettext("packaging", "Accounts"),
                _("Association"),
            ],
            **look_of(found.region.slug),
        }


def _table(title: str, columns: list[str], rows: list[list[str | int]]) -> dict[str, Any]:
    cells = [[f"{cell:,}" if isinstance(cell, int) else cell for cell in row] for row in rows]
    words = sum(isinstance(cell, str) for cell in rows[0]) if rows else 1
    return {"title": title, "columns": columns, "rows": cells, "words": words}
