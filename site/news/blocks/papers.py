"""Tables and files."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock

from news.blocks.groups import PICTURES


class TableValue(blocks.StructValue):
    """A table as rows of cells, all of the same length."""

    @property
    def rows(self) -> list[list[str]]:
        """Return all rows; cells are apart by a tab, as a spreadsheet copies them, or by a bar."""
        lines = [line for line in (self.get("cells") or "").splitlines() if line.strip()]
        rows = [[cell.strip() for cell in line.split("\t" if "\t" in line else "|")] for line in lines]
        widest = max(map(len, rows), default=0)
        return [row + [""] * (widest - len(row)) for row in rows]

    @property
    def head(self) -> list[str]:
        """Return the first row where it names the columns."""
        return self.rows[0] if self.get("first_row_names") and self.rows else []

    @property
    def body(self) -> list[list[str]]:
        """Return the rows below the head."""
        return self.rows[1:] if self.get("first_row_names") else self.rows


class TableBlock(blocks.StructBlock):
    """A small table, pasted from a spreadsheet or typed."""

    caption = blocks.CharBlock(label=_("What the table shows"), required=False)
    cells = blocks.TextBlock(
        label=_("Rows"),
        rows=8,
        help_text=_(
            "Copy the cells in Excel or Word and paste them here. Typed: a row on each line, | between cells."
        ),
    )
    first_row_names = blocks.BooleanBlock(
        label=_("The first row names the columns"), required=False, default=True
    )

    class Meta:
        icon = "table"
        label = pgettext_lazy("block", "Table")
        group = PICTURES
        template = "news/blocks/table.html"
        preview_template = "news/block_preview.html"
        value_class = TableValue
        description = _("Rows and columns, pasted from a spreadsheet.")
        preview_value = {
            "caption": "三遍培土，各培多厚",
            "cells": "第几遍|什么时候|培多厚\n一|葱有筷子粗|8 厘米\n二|天凉下来|15 厘米\n三|霜降前|12 厘米",
            "first_row_names": True,
        }


class AttachmentBlock(blocks.StructBlock):
    """A file to download."""

    document = DocumentChooserBlock(label=_("File"))
    title = blocks.CharBlock(
        label=_("Words on it"), required=False, help_text=_("Empty: the title of the file.")
    )

    def get_preview_value(self) -> Any:
        """Show a file there is."""
        return self.normalize({"document": get_document_model().objects.order_by("-pk").first(), "title": ""})

    class Meta:
        icon = "doc-full"
        label = _("Attachment")
        group = PICTURES
        template = "news/blocks/attachment.html"
        preview_template = "news/block_preview.html"
        description = _("A file to download, with its kind and size.")
