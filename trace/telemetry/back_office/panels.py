"""What the form of a device shows and does not ask."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel


class OnceSaved(MultiFieldPanel):
    """Fields that say something only about a thing that is there."""

    class BoundPanel(MultiFieldPanel.BoundPanel):
        """The fields of one thing."""

        def is_shown(self) -> bool:
            """Tell whether the thing is there."""
            return self.instance.pk is not None and super().is_shown()


class Known(FieldPanel):
    """A value that is shown, in words."""

    def __init__(self, field_name: str, **options: Any) -> None:
        super().__init__(field_name, **{**options, "read_only": True})

    def format_value_for_display(self, value: Any) -> str:
        """Return yes or no, a local time, or a dash for what is not known."""
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, datetime):
            return date_format(timezone.localtime(value), "DATETIME_FORMAT")
        return "—" if value is None else str(value)
