"""Events for a whole base: choose the base, tick its batches, record once for all of them."""

from typing import Any
from uuid import uuid4

from django import forms
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from record.back_office.event_form import EventForm
from record.back_office.event_views import RecordEvent
from record.events.recording import Photo
from record.events.uploads import take_away
from record.events.work import SentBefore, WorkRefused, record_work
from record.models import Batch, Event
from telemetry.models import Base


class WorkForm(EventForm):
    """A new event for several batches of a base."""

    batches = forms.ModelMultipleChoiceField(
        Batch.objects.none(),
        label=_("batches"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one batch.")},
    )
    submission = forms.UUIDField(widget=forms.HiddenInput)
    field_order = ["batches"]

    class Meta(EventForm.Meta):
        fields = tuple(name for name in EventForm.Meta.fields if name != "batch")

    def renew_key(self) -> None:
        """Give the form another key when it is shown again."""
        renewed = QueryDict(mutable=True)
        renewed.update(self.data)  # type: ignore[arg-type]  # a QueryDict takes lists
        renewed["submission"] = str(uuid4())
        self.data: QueryDict = renewed

    def facts(self) -> dict[str, Any]:
        """Return what was entered, as arguments of `record_work` (batches, key and photos apart)."""
        return {
            name: value for name, value in super().facts().items() if name not in {"batches", "submission"}
        }


@permission_required("record.add_event", raise_exception=True)
def choose_base(request: HttpRequest) -> HttpResponse:
    """Choose the base whose batches had the work."""
    context = {
        "bases": Base.objects.filter(batches__isnull=False).distinct().select_related("region"),
        "header_title": _("For a whole base"),
        "page_title": _("For a whole base"),
        "header_icon": "history",
        "breadcrumbs_items": [
            {"url": reverse("record-events:index"), "label": _("Events")},
            {"url": "", "label": _("For a whole base")},
        ],
    }
    return render(request, "record/admin/choose_base.html", context)


class RecordWork(RecordEvent):
    """Records one event for several batches of a base, all or none."""

    form_class = WorkForm
    page_title = _("For a whole base")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the base."""
        super().setup(request, *args, **kwargs)
        self.base = get_object_or_404(Base, pk=kwargs["base"])

    def get_initial(self) -> dict[str, Any]:
        """Tick every batch that is not recalled."""
        batches = self.base.batches.filter(recalled_at=None)
        return {"submission": uuid4(), "place": self.base.name, "batches": list(batches)}

    def get_form(self, *args: Any, **kwargs: Any) -> Any:
        """Offer the batches of the base, newest first."""
        form = super().get_form(*args, **kwargs)
        field = form.fields["batches"]
        field.queryset = self.base.batches.select_related("product__region")
        field.label_from_instance = lambda each: f"{each.lot} · {each.product}"
        return form

    def get_add_url(self) -> str:
        """Post back to the same base."""
        return reverse("record-events:work", args=[self.base.pk])

    def get_page_subtitle(self) -> str:
        """Name the base."""
        return self.base.name

    def form_valid(self, form: Any) -> HttpResponse:
        """Record; what stands in the way is told by batch and changes nothing."""
        try:
            return super().form_valid(form)
        except WorkRefused as error:
            for sentence in error.sentences:
                form.add_error("batches", sentence)
        except SentBefore:
            form.add_error(None, _("This form was sent before. Look at what it says now and send it again."))
            form.renew_key()
        self.produced_error_code = "validation_error"
        self.produced_error_message = self.get_error_message()
        return self.form_invalid(form)

    def write(self, photos: list[Photo]) -> Event:
        """Record the event for each batch; the first stands for all."""
        entered, now = self.form.cleaned_data, timezone.now()
        self.events = record_work(
            batches=entered["batches"],
            submission=entered["submission"],
            photos=photos,
            recorded_at=now,
            recorded_by=self.request.user,
            **self.form.facts(),
        )
        if all(event.recorded_at != now for event in self.events):  # the button was pressed twice
            take_away(photos)
        return self.events[0]

    def get_success_message(self, instance: Event) -> str:
        """Say how many batches had it."""
        count = len(self.events)
        said = ngettext("Recorded for %(count)d batch.", "Recorded for %(count)d batches.", count)
        return said % {"count": count}

    def get_success_buttons(self) -> list[Any]:
        """Lead to the list: the events are of several batches."""
        return [messages.button(reverse("record-events:work", args=[self.base.pk]), _("Record another"))]
