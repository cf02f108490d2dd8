"""The form of a batch: what labels already say is not changed, dates must fit the events."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from record.events.recording import date_conflicts
from record.lineage import LineageCycle, refuse_cycle

_PRINTED = ("product", "lot")


class BatchForm(WagtailAdminModelForm):
    """A batch with its papers."""

    def clean_lot(self) -> str:
        """Read the lot number in any case."""
        return str(self.cleaned_data["lot"]).upper()

    def is_valid(self) -> bool:
        """Check the fields and the lists below them, then that the batch is not made from itself."""
        return bool(super().is_valid()) and self._comes_from_elsewhere()

    def clean(self) -> dict[str, Any]:
        """Refuse what contradicts printed labels or recorded events."""
        cleaned: dict[str, Any] = super().clean()
        if self.instance.pk:
            self._keep_what_is_printed()
            self._fit_the_events(cleaned)
        return cleaned

    def _comes_from_elsewhere(self) -> bool:
        rows = self.formsets["sources"].cleaned_data if "sources" in self.formsets else []
        sources = {row["source"].pk for row in rows if row.get("source") and not row.get("DELETE")}
        try:
            refuse_cycle(batch=self.instance.pk or 0, sources=sources)
        except LineageCycle:
            self.add_error(
                None, _("It would be made from itself: one of its input batches was made from it.")
            )
            return False
        return True

    def _keep_what_is_printed(self) -> None:
        changed = [name for name in _PRINTED if name in self.changed_data]
        if changed and self.instance.codes.exists():
            for name in changed:
                self.add_error(name, _("Codes were issued for this batch; their labels say what it was."))

    def _fit_the_events(self, cleaned: dict[str, Any]) -> None:
        reasons = date_conflicts(
            batch=self.instance,
            planted_on=cleaned.get("planted_on"),
            harvested_on=cleaned.get("harvested_on"),
        )
        if reasons:
            raise forms.ValidationError(list(reasons))
