"""The forms of a class: opened with its first meeting, its words changed later."""

from datetime import datetime
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.widgets import AdminDateTimeInput

from accounts.models import User
from brand.activities.changing import appointment, settle_change
from brand.back_office.slugs import free_slug_in
from brand.models import Activity, Region
from changes import outbox
from training.classes.looking_after import OVERSEE
from training.classes.meetings import Meeting
from training.classes.opening import Slot, open_class
from training.classes.rooms import Equipment, Room
from training.classes.training_class import TrainingClass
from training.classes.urls import RESERVED
from training.counties import counties_of

WORDS = ("summary", "text", "address", "capacity", "sign_up_until", "contact", "is_public", "outcome")


class ClassForm(forms.ModelForm):
    """What a class is about, who teaches it, who may come; beside its own fields those of its activity."""

    title = forms.CharField(label=gettext_lazy("title"), max_length=80)
    summary = forms.CharField(label=gettext_lazy("one line"), max_length=120, required=False)
    text = forms.CharField(
        label=gettext_lazy("what happens"), widget=forms.Textarea({"rows": 6}), required=False
    )
    place = forms.CharField(label=gettext_lazy("place"), max_length=60)
    address = forms.CharField(label=gettext_lazy("address"), max_length=120, required=False)
    capacity = forms.IntegerField(
        label=gettext_lazy("places"),
        min_value=1,
        required=False,
        help_text=gettext_lazy("Empty: as many as come."),
    )
    sign_up_until = forms.DateTimeField(
        label=gettext_lazy("sign-up until"),
        widget=AdminDateTimeInput(),
        required=False,
        help_text=gettext_lazy("Empty: until it begins."),
    )
    contact = forms.CharField(
        label=gettext_lazy("whom to ask"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Shown on the page."),
    )
    outcome = forms.CharField(
        label=gettext_lazy("how it went"),
        widget=forms.Textarea({"rows": 4}),
        required=False,
        help_text=gettext_lazy("Afterwards: what was said and agreed."),
    )
    is_public = forms.BooleanField(label=gettext_lazy("shown on the site"), required=False)
    field_order = [
        "title",
        "form",
        "kind",
        "course",
        "teacher",
        "led_by",
        "summary",
        "text",
        "place",
        "address",
    ]

    class Meta:
        model = TrainingClass
        fields = [
            "form",
            "kind",
            "course",
            "teacher",
            "led_by",
            "meetings_needed",
            "live_url",
            "replay_url",
            "follow_up_days",
        ]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        leading = User.objects.filter(groups__role__slug__in=["teacher", "training_officer"], is_active=True)
        self.fields["led_by"].queryset = leading.distinct()  # type: ignore[attr-defined]
        if self.instance.pk:
            for name in ("title", "place", *WORDS):
                self.fields[name].initial = getattr(self.instance.activity, name)

    def offer(self, user: User) -> None:
        """Let only who oversees classes say who leads one: it opens the list of people to them."""
        if not user.has_perm(OVERSEE):
            del self.fields["led_by"]

    def clean_capacity(self) -> int | None:
        """Refuse a place too few for those who have one."""
        capacity: int | None = self.cleaned_data["capacity"]
        if capacity and self.instance.pk and capacity < self.instance.activity.places_taken:
            raise forms.ValidationError(_("More people have a place already than that."))
        return capacity

    def change(self, *, at: datetime) -> TrainingClass:
        """Save the words; people hear of another place, new room is offered to those who wait."""
        with transaction.atomic():
            held: TrainingClass = self.save()
            activity = Activity.objects.select_for_update().get(pk=held.activity_id)
            before = appointment(activity)
            for name in ("title", "place", *WORDS):
                setattr(activity, name, self.cleaned_data[name])
            activity.save()
            settle_change(activity=activity, before=before, at=at)
            outbox.record(activity, region=activity.region.slug)
        held.activity = activity
        return held


class NewClassForm(ClassForm):
    """A class with its first meeting; further ones are added on its page."""

    region = forms.ModelChoiceField(label=gettext_lazy("county"), queryset=Region.objects.all())
    starts_at = forms.DateTimeField(label=gettext_lazy("begins"), widget=AdminDateTimeInput())
    ends_at = forms.DateTimeField(label=gettext_lazy("ends"), widget=AdminDateTimeInput())
    topic = forms.CharField(label=gettext_lazy("topic"), max_length=80, required=False)
    room = forms.ModelChoiceField(
        label=gettext_lazy("room"),
        queryset=Room.objects.filter(is_open=True),
        required=False,
        help_text=gettext_lazy("Booked for the time of the meeting."),
    )
    equipment = forms.ModelMultipleChoiceField(
        label=gettext_lazy("equipment"), queryset=Equipment.objects.filter(condition="fine"), required=False
    )
    field_order = ["region", "title", "form", "kind", "starts_at", "ends_at", "topic", "room", "equipment"]

    def offer(self, user: User) -> None:
        """Offer the counties one works in, with their rooms."""
        super().offer(user)
        counties = counties_of(user)
        for name, rows in (
            ("region", counties),
            ("room", Room.objects.filter(is_open=True, region__in=counties)),
            ("equipment", Equipment.objects.filter(condition="fine", region__in=counties)),
        ):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        if len(counties) == 1:
            self.fields["region"].initial = counties[0]

    def clean(self) -> dict[str, Any]:
        """Refuse times the wrong way round and a sign-up that ends after it began."""
        cleaned: dict[str, Any] = super().clean() or {}
        begins, ends, until = (cleaned.get(name) for name in ("starts_at", "ends_at", "sign_up_until"))
        if begins and ends and ends <= begins:
            self.add_error("ends_at", _("It ends before it begins."))
        if begins and until and until > begins:
            self.add_error("sign_up_until", _("Sign-up ends when it begins, at the latest."))
        return cleaned

    def open(self, *, by: User, at: datetime) -> TrainingClass:
        """Open the class.

        Raises:
            ClassRefused: the room is taken or too small.
        """
        facts = {"led_by": by, **self.cleaned_data}
        slot = Slot(*(facts.pop(name) for name in ("starts_at", "ends_at", "topic", "room", "equipment")))
        slug = free_slug_in(Activity, facts["title"])
        return open_class(
            slots=[slot],
            slug=f"{slug}-1" if slug in RESERVED else slug,
            words={name: facts.pop(name) for name in WORDS},
            by=by,
            at=at,
            **facts,
        )


class MeetingForm(forms.Form):
    """When and where a meeting is."""

    starts_at = forms.DateTimeField(label=gettext_lazy("begins"), widget=AdminDateTimeInput())
    ends_at = forms.DateTimeField(label=gettext_lazy("ends"), widget=AdminDateTimeInput())
    topic = forms.CharField(label=gettext_lazy("topic"), max_length=80, required=False)
    room = forms.ModelChoiceField(label=gettext_lazy("room"), queryset=Room.objects.none(), required=False)
    equipment = forms.ModelMultipleChoiceField(
        label=gettext_lazy("equipment"), queryset=Equipment.objects.none(), required=False
    )

    def __init__(self, *args: Any, held: TrainingClass, **options: Any) -> None:
        super().__init__(*args, **options)
        region = held.activity.region
        self.fields["room"].queryset = region.rooms.filter(is_open=True)  # type: ignore[attr-defined]
        self.fields["equipment"].queryset = region.equipment.filter(condition="fine")  # type: ignore[attr-defined]

    def slot(self) -> Slot:
        """Return it as the domain takes it."""
        names = ("starts_at", "ends_at", "topic", "room", "equipment")
        return Slot(*(self.cleaned_data[name] for name in names))


class MoveForm(MeetingForm):
    """Which meeting is moved, and to when and where."""

    meeting = forms.ModelChoiceField(label=pgettext_lazy("class", "meeting"), queryset=Meeting.objects.none())
    field_order = ["meeting"]

    def __init__(self, *args: Any, held: TrainingClass, **options: Any) -> None:
        super().__init__(*args, held=held, **options)
        self.fields["meeting"].queryset = held.meetings.all()  # type: ignore[attr-defined]


class DropForm(forms.Form):
    """Which meeting is taken out."""

    meeting = forms.ModelChoiceField(label=pgettext_lazy("class", "meeting"), queryset=Meeting.objects.none())

    def __init__(self, *args: Any, held: TrainingClass, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["meeting"].queryset = held.meetings.all()  # type: ignore[attr-defined]
