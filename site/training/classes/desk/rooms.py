"""Rooms, equipment and who has them: three lists; the bookings as a sheet are the record of use."""

from typing import Any, ClassVar, cast

from django import forms
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.permissions import register_permission_policy

from accounts.models import User
from brand.acts.models import acts_on
from brand.acts.words import said
from brand.back_office.act_desk import Act, ActDesk
from brand.back_office.tables import ListView
from brand.back_office.views import Changes, Creates
from record.back_office.policies import AppendOnlyPolicy
from training.classes.looking_after import bookings_of
from training.classes.refusals import BookingRefused
from training.classes.reserving import give_back, record_use, reserve
from training.models import Booking, Equipment, Room

# what is booked changes by the acts of its page
register_permission_policy(Booking, AppendOnlyPolicy(Booking))


def _desk(booking: Booking) -> str:
    return reverse("training-bookings:desk", args=[booking.pk])


class BookingForm(forms.ModelForm):
    """Who wants what from when to when."""

    class Meta:
        model = Booking
        fields = ["room", "equipment", "starts_at", "ends_at", "purpose", "who"]
        widgets = {"starts_at": AdminDateTimeInput(), "ends_at": AdminDateTimeInput()}


class NothingForm(forms.Form):
    """Asks for nothing."""


class UseForm(forms.Form):
    """What the use came to."""

    people = forms.IntegerField(label=gettext_lazy("how many people"), min_value=0, max_value=100_000)
    note = forms.CharField(
        label=gettext_lazy("how it was left"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("What was used, what is broken."),
    )


class BookRoom(Creates):
    """Books a room or equipment."""

    refusals = (BookingRefused,)

    def save_instance(self) -> Booking:
        """Book it."""
        by = cast("User", self.request.user)
        return reserve(by=by, at=timezone.now(), **self.form.cleaned_data)

    def get_success_url(self) -> str:
        """Lead to its page."""
        return _desk(self.object)


class BookingDesk(ActDesk):
    """One booking: given back, or its use recorded."""

    template = "training/admin/classes/booking.html"
    may_look, may_act = "training.view_booking", "training.change_booking"
    refusals = (BookingRefused,)
    acts = {
        "use": Act(
            UseForm,
            gettext_lazy("Record the use"),
            gettext_lazy("Once, when it is over."),
            gettext_lazy("Record it"),
        ),
        "give_back": Act(
            NothingForm,
            gettext_lazy("Give it back"),
            gettext_lazy("Others may have the time then."),
            gettext_lazy("Give back"),
            serious=True,
        ),
    }

    def find(self, pk: int) -> None:
        """Read the booking."""
        rows = bookings_of(self.request.user).select_related("room", "recorded_by")
        self.booking: Booking = get_object_or_404(rows, pk=pk)

    @property
    def url(self) -> str:
        """The address of the page."""
        return _desk(self.booking)

    def possible(self) -> list[str]:
        """Return what can be done: nothing once it is over with."""
        if self.booking.cancelled_at or self.booking.recorded_at:
            return []
        return ["use", "give_back"] if timezone.now() >= self.booking.starts_at else ["give_back"]

    def use(self, form: UseForm) -> str:
        """Record the use."""
        record_use(booking=self.booking, by=self.by, at=self.now, **form.cleaned_data)
        return _("The use is recorded.")

    def give_back(self, form: NothingForm) -> str:
        """Give it back."""
        give_back(booking=self.booking, by=self.by, at=self.now)
        return _("Given back: others may have the time.")

    def context(self) -> dict[str, Any]:
        """Return the booking with its trail."""
        return {
            "booking": self.booking,
            "equipment": self.booking.equipment.all(),
            "history": said(acts_on(self.booking)),
            "breadcrumbs_items": [
                {"url": reverse("training-bookings:index"), "label": gettext_lazy("Bookings of rooms")},
                {"url": "", "label": str(self.booking)},
            ],
            "page_title": str(self.booking),
            "header_title": str(self.booking),
            "header_icon": "calendar-alt",
        }


class ListRooms(ListView):
    """Lists rooms."""

    along = ("region",)


class ListEquipment(ListView):
    """Lists equipment."""

    along = ("region", "room")


class ListBookings(ListView):
    """Lists bookings; as a sheet it is the record of use (使用记录)."""

    along = ("room", "recorded_by")

    def get_base_queryset(self) -> QuerySet[Booking]:
        """List those of the counties one works in."""
        found: QuerySet[Booking] = super().get_base_queryset()
        return found.filter(pk__in=bookings_of(self.request.user).values("pk"))

    worded = {"equipment": lambda booking: "、".join(map(str, booking.equipment.all()))}


class RoomViewSet(ModelViewSet):
    """Rooms."""

    model = Room
    name = "training-rooms"
    url_prefix = "training/rooms"
    icon = "home"
    menu_label = gettext_lazy("Rooms")
    index_view_class = ListRooms
    add_view_class = Creates
    edit_view_class = Changes
    copy_view_enabled = False
    search_backend_name = None
    form_fields: ClassVar[list[str]] = ["region", "name", "kind", "address", "seats", "keeper", "is_open"]
    list_display: ClassVar[list[str]] = ["name", "kind", "seats", "keeper", "is_open", "region"]
    list_filter: ClassVar[list[str]] = ["region", "kind"]


class EquipmentViewSet(ModelViewSet):
    """Equipment."""

    model = Equipment
    name = "training-equipment"
    url_prefix = "training/equipment"
    icon = "cog"
    menu_label = gettext_lazy("Equipment")
    index_view_class = ListEquipment
    add_view_class = Creates
    edit_view_class = Changes
    copy_view_enabled = False
    search_backend_name = None
    form_fields: ClassVar[list[str]] = ["region", "name", "number", "room", "condition"]
    list_display: ClassVar[list[str]] = ["name", "number", "room", "condition", "region"]
    list_filter: ClassVar[list[str]] = ["region", "condition"]


class BookingViewSet(ModelViewSet):
    """Bookings of rooms and equipment."""

    model = Booking
    name = "training-bookings"
    url_prefix = "training/bookings"
    icon = "calendar-alt"
    menu_label = gettext_lazy("Bookings of rooms")
    add_to_reference_index = False
    index_view_class = ListBookings
    add_view_class = BookRoom
    copy_view_enabled = False
    search_backend_name = None
    list_display: ClassVar[list[Any]] = [
        TitleColumn("purpose", label=gettext_lazy("what for"), get_url=_desk),
        "room",
        "starts_at",
        "ends_at",
        "who",
        "people",
        Column("recorded_at", label=gettext_lazy("use recorded")),
        Column("cancelled_at", label=gettext_lazy("given back")),
    ]
    list_filter: ClassVar[dict[str, list[str]]] = {"room": ["exact"], "starts_at": ["gte", "lte"]}
    list_export: ClassVar[list[str]] = [
        "room",
        "equipment",
        "starts_at",
        "ends_at",
        "purpose",
        "who",
        "people",
        "used_note",
        "recorded_by",
        "recorded_at",
        "cancelled_at",
    ]
    search_fields: ClassVar[list[str]] = ["purpose", "who"]
    ordering: ClassVar[list[str]] = ["-starts_at"]

    def get_form_class(self, for_update: bool = False) -> type[BookingForm]:
        """Ask who wants what."""
        return BookingForm

    def get_urlpatterns(self) -> list[Any]:
        """Add the page of a booking; it takes the place of an ordinary edit form."""
        view = BookingDesk.as_view()
        own = [path("<int:pk>/", view, name="desk"), path("<int:pk>/<slug:act>/", view, name="act")]
        return [*super().get_urlpatterns(), *own]
