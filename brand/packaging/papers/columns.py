"""The columns of a statement, the same on the page, in the workbook and on paper."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from brand.packaging.statements import ItemLine, MemberLine

Row = list[str | int]


def month_name(first: date) -> str:
    """Return the month as people say it."""
    return _("%(year)s-%(month)s") % {"year": first.year, "month": first.month}


def item_columns() -> list[str]:
    """Return the headings of the lines of items."""
    return [
        _("Item"),
        _("Counted in"),
        pgettext("statement", "Opening"),
        pgettext("statement", "Received"),
        pgettext("statement", "Returned"),
        pgettext("statement", "Adjusted"),
        pgettext("statement", "Handed out"),
        pgettext("statement", "Spoiled"),
        pgettext("statement", "Closing"),
    ]


def item_row(line: ItemLine) -> Row:
    """Return one line of an item."""
    return [
        str(line.item),
        line.item.unit,
        line.opening,
        line.received,
        line.returned,
        line.adjusted,
        line.issued,
        line.spoiled,
        line.closing,
    ]


def member_columns() -> list[str]:
    """Return the headings of the lines of members."""
    return [
        _("Member"),
        _("Item"),
        _("Counted in"),
        pgettext("statement", "Opening"),
        pgettext("statement", "Handed out"),
        pgettext("statement", "Used"),
        pgettext("statement", "Spoiled"),
        pgettext("statement", "Returned"),
        pgettext("statement", "Closing"),
    ]


def member_row(line: MemberLine) -> Row:
    """Return one line of an item at a member."""
    return [
        line.member.name,
        str(line.item),
        line.item.unit,
        line.opening,
        line.issued,
        line.used,
        line.spoiled,
        line.returned,
        line.closing,
    ]
