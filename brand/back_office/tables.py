"""Lists that can be taken along as a table which reads like the page: words, local times, real headings."""

import re
from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.views.generic import IndexView
from wagtail.coreutils import multigetattr

_FORMULA = re.compile(r"[=@\t\r]|[+-](?![\d.]+$)")  # how a spreadsheet knows one; a number is none


class ListView(IndexView):
    """Lists rows; `along` names the relations a row shows, `worded` says what a column of the table holds."""

    along: ClassVar[tuple[str, ...]] = ()
    worded: ClassVar[Mapping[str, Callable[[Any], object]]] = {}
    custom_value_preprocess: ClassVar[dict[Any, Any]] = {
        **IndexView.custom_value_preprocess,
        # Wagtail writes UTC: the office would read its morning as the night before
        datetime: {
            IndexView.FORMAT_XLSX: lambda at: timezone.make_naive(at) if timezone.is_aware(at) else at
        },
    }

    def get_base_queryset(self) -> QuerySet[Any]:
        """Read what a row shows along."""
        rows: QuerySet[Any] = super().get_base_queryset()
        return rows.select_related(*self.along) if self.along else rows

    def to_row_dict(self, item: Model) -> "OrderedDict[str, object]":
        """Return a row of the table, with choices and yes or no in words."""
        return OrderedDict((name, self._in_words(item, name)) for name in self.list_export)

    def preprocess_field_value(self, field: str, value: object, export_format: str) -> object:
        """Return a cell; in a CSV nothing that a buyer wrote is a formula."""
        cell = super().preprocess_field_value(field, value, export_format)
        return _no_formula(cell) if export_format == self.FORMAT_CSV else cell

    def _in_words(self, item: Model, name: str) -> object:
        if name in self.worded:
            return self.worded[name](item)
        display = getattr(item, f"get_{name}_display", None)
        value = display() if display else multigetattr(item, name)
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, list):
            return "、".join(map(str, value))
        return timezone.localtime(value) if isinstance(value, datetime) else value

    def get_heading(self, queryset: QuerySet[Any], field: str) -> str:
        """Return the name of a column; that of a thing further on is the name it has there."""
        if field in self.export_headings or "." not in field:
            return str(super().get_heading(queryset, field))
        model: Any = queryset.model
        *way, last = field.split(".")
        try:
            for step in way:
                model = model._meta.get_field(step).related_model
            return str(capfirst(str(model._meta.get_field(last).verbose_name)))
        except FieldDoesNotExist:
            return field


def _no_formula(cell: object) -> object:
    """Return a cell; text that begins like a formula gets an apostrophe, which makes it text again."""
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell
