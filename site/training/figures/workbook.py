"""The acceptance file: summary, kinds, groups, places, courses, classes, names, follow-ups, as .xlsx.

The counties' plans ask for 受训人员名录, 受训课程记录 and 受训课程回访 beside the sums (document 000, 4.5).
"""

from collections.abc import Iterable
from datetime import datetime
from typing import IO

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from lib.sheets import text_cell
from training.courses.kinds import Kind
from training.figures.held import held_classes
from training.figures.person_times import attended, learnt
from training.figures.sums import FORMS, Figures, said_percent
from training.models import FollowUp, Trainee

Row = Iterable[object]
AT_A_TIME = 2000
_TINT = PatternFill("solid", fgColor="FFE9EFE6")
_LINE = Border(bottom=Side("thin", color="FF7A8471"))
_TOP = Alignment(vertical="top", wrap_text=True, horizontal="left")


def write_workbook(found: Figures, out: IO[bytes], *, of: str) -> None:
    """Write the file to `out`; `of` names the county or all of them. What people typed stays text.

    Each sheet prints on A4 across, as wide as the page, with its headings on every page.
    """
    book = Workbook(write_only=True)
    for title, head, rows in _sheets(found, of):
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        for place, name in enumerate(head, 1):
            sheet.column_dimensions[get_column_letter(place)].width = _width(name)
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", Worksheet.PAPERSIZE_A4
        sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr = (
            0,
            PageSetupProperties(fitToPage=True),
        )
        sheet.print_title_rows = "1:1"
        sheet.append([_heading(sheet, name) for name in head])
        for row in rows:
            sheet.append([_cell(sheet, value) for value in row])
    book.save(out)


def _width(heading: str) -> int:
    """Return how wide a column is, in digits: by what stands in it, which its heading says."""
    wide = {
        _("course or class"): 40,
        pgettext("training", "class"): 40,
        _("in their words"): 40,
        _("where it is promised"): 60,
        _("place"): 28,
        _("what it brings"): 24,
    }
    return wide.get(heading, 20)


def _heading(sheet: object, name: str) -> WriteOnlyCell:
    cell = text_cell(sheet, name, bold=True)
    cell.fill, cell.border = _TINT, _LINE
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    return cell


def _cell(sheet: object, value: object) -> WriteOnlyCell:
    cell = text_cell(sheet, value) if isinstance(value, str) else WriteOnlyCell(sheet, value)
    if isinstance(value, datetime):
        cell.number_format = "yyyy-mm-dd hh:mm"
    cell.alignment = _TOP
    return cell


def _sheets(found: Figures, of: str) -> Iterable[tuple[str, list[str], Iterable[Row]]]:
    heads = _("person-times")
    yield (
        pgettext("figures", "summary"),
        [_("Figures of training"), of, pgettext("figures", "of these"), pgettext("figures", "out of")],
        _summary(found),
    )
    yield (
        pgettext("figures", "by kind"),
        [
            _("kind"),
            *map(str, FORMS.values()),
            heads,
            _("promised"),
            _("still missing"),
            _("where it is promised"),
        ],
        ((k.name, *k.forms, k.count, k.promised, k.missing, "；".join(k.sources)) for k in found.kinds),
    )
    yield pgettext("figures", "by group"), [pgettext("of trainees", "group"), heads], found.groups
    yield pgettext("figures", "by place"), [_("town or village"), heads], found.places
    yield pgettext("figures", "by month"), [_("month"), heads], found.months
    yield (
        pgettext("figures", "classes"),
        [_("begins"), pgettext("training", "class"), _("kind"), pgettext("class", "form"), _("teacher"),
         _("place"), pgettext("figures", "signed up"), pgettext("figures", "came")],
        _classes(found),
    )  # fmt: skip
    yield (
        pgettext("figures", "name list"),
        [pgettext("paper", "No."), pgettext("person", "name"), pgettext("of trainees", "group"),
         _("town or village"), _("kind"),
         _("course or class"), pgettext("class", "form"), _("date"), _("completed")],
        ((number, *row) for number, row in enumerate(_names(found), 1)),
    )  # fmt: skip
    yield (
        pgettext("figures", "follow-ups"),
        [pgettext("person", "name"), pgettext("training", "class"), _("due"), _("not reached on"),
         _("asked"), _("how"),
         pgettext("after a class", "what became of it"), _("what it brings"), _("in their words")],
        _follow_ups(found),
    )  # fmt: skip


def _summary(found: Figures) -> Iterable[Row]:
    came = found.outcomes
    yield _("from day"), found.scope.since
    yield _("to day"), found.scope.until
    yield _("person-times"), found.total
    yield _("promised"), found.promised
    yield _("classes held"), came.classes
    for name, share in (
        (_("came, of those with a place"), came.attendance),
        (_("completed, of those who enrolled"), came.completion),
        (_("passed, of those who sat an exam"), came.passing),
        (_("asked afterwards, of those who are due"), came.asked),
    ):
        yield name, said_percent(share.percent), share.part, share.whole
    yield _("certificates issued"), came.certificates


def _classes(found: Figures) -> Iterable[Row]:
    rows = held_classes(found.scope).select_related("activity").order_by("activity__starts_at", "pk")
    came = Count(
        "meetings__check_ins__sign_up", distinct=True, filter=Q(meetings__check_ins__standing="counts")
    )
    signed_up = Count("activity__sign_ups", distinct=True, filter=Q(activity__sign_ups__state="going"))
    for held in rows.annotate(came=came, signed_up=signed_up).iterator(chunk_size=AT_A_TIME):
        yield (
            _local(held.activity.starts_at), held.activity.title, str(Kind(held.kind).label),
            held.get_form_display(), held.teacher, held.activity.place, held.signed_up, held.came,
        )  # fmt: skip


def _names(found: Figures) -> Iterable[Row]:
    """Yield everybody who counts, once for each class and course, as they are counted."""
    groups = dict(Trainee.Group.choices)
    rows = attended(found.scope).select_related("sign_up", "trainee", "meeting__training_class__activity")
    seen: set[int] = set()
    for row in rows.order_by("meeting__starts_at", "sign_up__name", "pk").iterator(chunk_size=AT_A_TIME):
        if row.sign_up_id in seen:
            continue
        seen.add(row.sign_up_id)
        held, trainee = row.meeting.training_class, row.trainee
        yield (
            row.sign_up.name or (trainee.name if trainee else ""),
            str(groups.get(trainee.group, "")) if trainee else "", trainee.place if trainee else "",
            str(Kind(held.kind).label), held.activity.title, held.get_form_display(),
            _local(held.activity.starts_at), "",
        )  # fmt: skip
    enrolments = learnt(found.scope).select_related("trainee", "course").order_by("enrolled_at", "pk")
    for one in enrolments.iterator(chunk_size=AT_A_TIME):
        yield (
            one.trainee.name, str(groups.get(one.trainee.group, "")), one.trainee.place,
            str(Kind(one.course.kind).label), one.course.title, str(FORMS["on_line"]),
            _local(one.began), _local(one.completed_at) if one.completed_at else "",
        )  # fmt: skip


def _follow_ups(found: Figures) -> Iterable[Row]:
    rows = FollowUp.objects.filter(
        training_class__in=held_classes(found.scope), due_on__lte=found.scope.until
    )
    rows = rows.select_related("sign_up", "training_class__activity").prefetch_related("tries")
    for row in rows.iterator(chunk_size=AT_A_TIME):
        yield (
            row.sign_up.name, row.training_class.activity.title, row.due_on,
            "、".join(f"{each.tried_on:%Y-%m-%d}" for each in row.tries.all()),
            _local(row.asked_at) if row.asked_at else "", row.get_way_display(),
            row.get_outcome_display(), row.get_income_display(), row.words,
        )  # fmt: skip


def _local(at: datetime) -> datetime:
    return timezone.localtime(at).replace(tzinfo=None, microsecond=0)
