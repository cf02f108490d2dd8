"""Views of batches: saving tells every cache, and leads to codes, labels and events."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.views.generic import CreateView, EditView, IndexView
from wagtail.admin.widgets.button import Button

from record.batches import mark_changed
from record.models import Batch

# Not in the form, and changed by acts of their own while it is open: saving must not put old values back.
_KEPT = ("version", "recalled_at", "recall_reason", "recall_advice")


class ListBatches(IndexView):
    """Lists batches with a way to their codes."""

    def get_base_queryset(self) -> Any:
        """Read product and base along."""
        return super().get_base_queryset().select_related("product", "base")

    def get_list_more_buttons(self, instance: Batch) -> list[Any]:
        """Add codes and events to Wagtail's own buttons."""
        return [*_buttons(instance), *super().get_list_more_buttons(instance)]


class CreateBatch(CreateView):
    """Creates a batch and says so."""

    def save_instance(self) -> Batch:
        """Save and tell, in the transaction of `form_valid`."""
        batch: Batch = super().save_instance()
        mark_changed(batch)
        return batch

    def get_success_buttons(self) -> list[Any]:
        """Lead on: events first, codes after them."""
        steps = sorted(_buttons(self.object), reverse=True)
        return [
            *(messages.button(step.url, step.label) for step in steps),
            *super().get_success_buttons(),
        ]


class EditBatch(EditView):
    """Changes a batch and says so."""

    def save_instance(self) -> Batch:
        """Save over the newest row and tell, in the transaction of `form_valid`."""
        locked = Batch.objects.select_for_update(of=("self",)).get(pk=self.form.instance.pk)
        for name in _KEPT:
            setattr(self.form.instance, name, getattr(locked, name))
        batch: Batch = super().save_instance()
        mark_changed(batch)
        return batch


def _buttons(batch: Batch) -> list[Button]:
    event = f"{reverse('record-events:add')}?batch={batch.pk}"
    desk = reverse("record-batches:desk", args=[batch.pk])
    papers = reverse("record-batches:papers", args=[batch.pk])
    return [
        Button(_("Codes, labels, recall"), url=desk, icon_name="tag", priority=1),
        Button(_("Papers"), url=papers, icon_name="doc-full", priority=3),
        Button(_("Record an event"), url=event, icon_name="plus", priority=2),
    ]
