"""The report as a spreadsheet for acceptance files: weeks, categories, channels, authors, every post."""

from collections.abc import Iterable
from typing import IO

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook

from lib.sheets import text_cell
from news.planning.figures import Figures

Row = Iterable[object]


def write_workbook(found: Figures, out: IO[bytes], *, of: str) -> None:
    """Write the report to `out`; `of` names the county or all of them. What people typed stays text."""
    book = Workbook(write_only=True)
    for title, head, rows in _sheets(found, of):
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        sheet.column_dimensions["A"].width = 28
        sheet.append([text_cell(sheet, name, bold=True) for name in head])
        for row in rows:
            sheet.append([text_cell(sheet, cell) if isinstance(cell, str) else cell for cell in row])
    book.save(out)


def _sheets(found: Figures, of: str) -> Iterable[tuple[str, list[str], Iterable[Row]]]:
    posts, opened = pgettext("report", "posts"), pgettext("post", "opened")
    yield pgettext("figures", "summary"), [_("Posts published"), of], _summary(found)
    yield (
        pgettext("figures", "by week"),
        [_("Monday"), posts, _("target, at least"), pgettext("posts", "missing"), opened],
        (
            (
                week.monday,
                week.count,
                week.least,
                week.missing if week.whole else _("not a whole week"),
                week.views,
            )
            for week in found.weeks
        ),
    )
    yield pgettext("figures", "by category"), [_("category"), posts, opened], found.categories
    yield (
        pgettext("figures", "by author"),
        [_("author"), posts, opened],
        ((name or _("not named"), count, views) for name, count, views in found.authors),
    )
    yield (
        pgettext("figures", "every post"),
        [_("date"), _("title"), _("category"), _("author"), _("county"), _("Official Account"), opened],
        (
            (
                post.day,
                post.title,
                post.category_name,
                post.author,
                post.region.name,
                _("yes") if post.at_wechat else _("no"),
                post.views,
            )
            for post in found.posts
        ),
    )


def _summary(found: Figures) -> Iterable[Row]:
    yield _("from the day"), found.since
    yield _("up to the day"), found.until
    yield _("on the website"), found.site
    yield _("published on the Official Account"), found.wechat
    yield _("meant for the Official Account"), found.meant_for_wechat
    yield _("whole weeks"), found.whole_weeks
    yield _("weeks that reached the target"), found.weeks_reached
    yield pgettext("post", "opened"), found.views
