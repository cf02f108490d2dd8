"""Views of events: added through `record_event`, corrected through `correct_event`, never edited."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.views.generic import CreateView, IndexView, InspectView
from wagtail.admin.widgets.button import Button, HeaderButton

from record.back_office.event_form import CorrectionForm, EventForm, as_lines
from record.events.items import from_json
from record.events.recording import EventRefused, Photo, correct_event, current_facts, record_event
from record.events.uploads import filed_photos
from record.models import Event

_CHAIN = {"hash": _("Hash"), "previous_hash": _("Hash of the event before")}


class ListEvents(IndexView):
    """Lists events with a way to correct them."""

    def get_base_queryset(self) -> Any:
        """Read batch and product along, and what is corrected."""
        return super().get_base_queryset().select_related("batch__product", "corrects")

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """Add the other ways to enter events to Wagtail's own buttons."""
        return [*_ways_in(self.request.user), *super().header_more_buttons]

    def get_list_more_buttons(self, instance: Event) -> list[Any]:
        """Add the correction to Wagtail's own buttons."""
        return [*_buttons(instance), *super().get_list_more_buttons(instance)]


class InspectEvent(InspectView):
    """Shows an event with a way to correct it."""

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Show the correction: it is the one thing to do here."""
        if self.object.corrects_id or not self.request.user.has_perm("record.add_event"):
            return []
        url = reverse("record-events:correct", args=[self.object.pk])
        return [HeaderButton(_("Correct"), url=url, icon_name="edit", priority=1)]

    def get_field_label(self, field_name: str, field: Any) -> str:
        """Name the chain's fields, which the model leaves to machines."""
        label = _CHAIN.get(field_name) or super().get_field_label(field_name, field)
        return str(label)

    def get_inputs_display_value(self) -> str:
        """Write amounts as people do."""
        return "\n".join(map(str, from_json(self.object.inputs)))

    def get_outputs_display_value(self) -> str:
        """Write amounts as people do."""
        return "\n".join(map(str, from_json(self.object.outputs)))


class RecordEvent(CreateView):
    """Records an event."""

    form_class = EventForm
    submit_button_label = _("Record it")

    def get_initial(self) -> dict[str, Any]:
        """Start with the batch whose page led here."""
        return {**super().get_initial(), "batch": self.request.GET.get("batch")}

    def get_success_buttons(self) -> list[Any]:
        """Lead to the event, where there is nothing to edit, and to the next one of its batch."""
        event, batch = self.object, self.object.batch_id
        return [
            messages.button(reverse("record-events:inspect", args=[event.pk]), _("Look at it")),
            messages.button(f"{reverse('record-events:add')}?batch={batch}", _("Record another")),
            messages.button(reverse("record-batches:desk", args=[batch]), _("Codes, labels, recall")),
        ]

    def form_valid(self, form: Any) -> HttpResponse:
        """Record; what stands in the way is shown beside the fact it is about and changes nothing."""
        try:
            return super().form_valid(form)
        except EventRefused as error:
            for fact, reasons in error.by_fact.items():
                form.add_error(fact, [str(reason) for reason in reasons])
            self.produced_error_code = "validation_error"
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)

    def save_instance(self) -> Event:
        """Make the one call that writes events."""
        entered, user = self.form.cleaned_data, self.request.user
        titles = {"caption": entered["caption"], "title": entered["title"]}
        with filed_photos(entered["photos"], user=user, **titles) as photos:
            return self.write(photos)

    def write(self, photos: list[Photo]) -> Event:
        """Record the event of the form."""
        now, user = timezone.now(), self.request.user
        batch = self.form.cleaned_data["batch"]
        return record_event(
            batch=batch, photos=photos, recorded_at=now, recorded_by=user, **self.form.facts()
        )


class CorrectEvent(RecordEvent):
    """Records a correction beside an event."""

    form_class = CorrectionForm
    page_title = submit_button_label = _("Correct")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the event that is corrected."""
        super().setup(request, *args, **kwargs)
        originals = Event.objects.select_related("batch__product__region").filter(corrects=None)
        self.original = get_object_or_404(originals, pk=kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        """Start with what holds now."""
        facts = current_facts(self.original)
        return {**facts, "inputs": as_lines(facts["inputs"]), "outputs": as_lines(facts["outputs"])}

    def get_add_url(self) -> str:
        """Post back to the same event."""
        return reverse("record-events:correct", args=[self.original.pk])

    def get_page_subtitle(self) -> str:
        """Name the event."""
        return f"{self.original.title} · {self.original.batch}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Say that it is a correction, not a new event."""
        way, here = super().get_breadcrumbs_items()[:-1], f"{self.page_title}: {self.get_page_subtitle()}"
        return [*way, {"url": "", "label": here}]

    def write(self, photos: list[Photo]) -> Event:
        """Record the correction of the form."""
        return correct_event(
            event=self.original,
            reason=self.form.cleaned_data["reason"],
            photos=photos,
            recorded_at=timezone.now(),
            recorded_by=self.request.user,
            **self.form.facts(),
        )


def refuse_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Say why an event is neither edited nor deleted, and lead to where it can be corrected."""
    if not request.user.has_perm("record.view_event"):
        raise PermissionDenied
    event = get_object_or_404(Event, pk=pk)
    reason = _(
        "What is recorded stays. If something is wrong, a trace operator adds a correction; both are shown."
    )
    messages.error(request, reason)
    return redirect("record-events:inspect", event.pk)


def _buttons(event: Event) -> list[Button]:
    if event.corrects_id:
        return []
    url = reverse("record-events:correct", args=[event.pk])
    return [Button(_("Correct"), url=url, icon_name="edit", priority=1)]


def _ways_in(user: Any) -> list[Button]:
    if not user.has_perm("record.add_event"):
        return []
    ways = [
        (_("On the phone"), "trace-field", "mobile-alt"),
        (_("For a whole base"), "record-events:choose-base", "list-ul"),
        (_("Import a spreadsheet"), "record-imports:upload", "upload"),
    ]
    return [
        Button(label, url=reverse(name), icon_name=icon, priority=place)
        for place, (label, name, icon) in enumerate(ways)
    ]
