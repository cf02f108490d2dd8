"""The page of a class: its meetings, who comes and who came, doubts, photos, what they thought."""

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from brand.activities.places import sign_up
from brand.activities.refusals import SignUpRefused
from brand.acts.models import acts_on
from brand.acts.words import said
from brand.back_office.act_desk import Act, ActDesk
from brand.models import SignUp
from training.classes.adding_photos import add_photos
from training.classes.calling_off import call_off_class
from training.classes.desk.class_acts import CallOffForm, PhotosForm, ReplayForm, WriteInForm
from training.classes.desk.class_form import DropForm, MeetingForm, MoveForm
from training.classes.giving_feedback import echo_of
from training.classes.looking_after import classes_of
from training.classes.opening import add_meeting, drop_meeting, move_meeting
from training.classes.people import doubtful, people_of
from training.classes.replay import become_lesson
from training.classes.training_class import TrainingClass


class ClassDesk(ActDesk):
    """One class and everything that is done about it."""

    template = "training/admin/classes/class.html"
    may_look, may_act = "training.view_trainingclass", "training.change_trainingclass"
    refusals = (SignUpRefused,)
    acts = {
        "write_in": Act(
            WriteInForm,
            gettext_lazy("Write somebody in"),
            gettext_lazy(
                "Who called, or stands at the door. Places are counted; when all are taken, they wait."
            ),
            gettext_lazy("Write in"),
        ),
        "add_meeting": Act(
            MeetingForm,
            gettext_lazy("Add a meeting"),
            gettext_lazy("Its room is booked with it."),
            gettext_lazy("Add it"),
        ),
        "move_meeting": Act(
            MoveForm,
            gettext_lazy("Move a meeting"),
            gettext_lazy("Who signed up is told when the class begins at another time or place."),
            gettext_lazy("Move it"),
        ),
        "drop_meeting": Act(
            DropForm,
            gettext_lazy("Take a meeting out"),
            gettext_lazy("Its room is given back."),
            gettext_lazy("Take it out"),
        ),
        "photos": Act(
            PhotosForm,
            gettext_lazy("Add photos"),
            gettext_lazy("Proof that it took place; only those you say are shown on the site."),
            gettext_lazy("Keep the photos"),
        ),
        "replay": Act(
            ReplayForm,
            gettext_lazy("Make the recording a lesson"),
            gettext_lazy("It is put at the end of the course as a draft, to be looked at and published."),
            gettext_lazy("Make it a lesson"),
        ),
        "call_off": Act(
            CallOffForm,
            gettext_lazy("Call it off"),
            gettext_lazy(
                "Everybody on the list is told at once, with your reason, and its rooms are free for others. "
                "It cannot be undone."
            ),
            gettext_lazy("Call the class off"),
            serious=True,
        ),
    }

    def find(self, pk: int) -> None:
        """Read the class; that of somebody else is not found.

        Raises:
            Http404: there is none that is one's business.
        """
        rows = classes_of(self.request.user).select_related("activity__region", "course", "lesson")
        self.held: TrainingClass = get_object_or_404(rows, pk=pk)

    @property
    def url(self) -> str:
        """The address of the page."""
        return reverse("training-classes:desk", args=[self.held.pk])

    def possible(self) -> list[str]:
        """Return what can be done: plans before the end, the recording after it began."""
        activity, now = self.held.activity, timezone.now()
        if activity.called_off_at or activity.contacts_erased_at:
            return ["photos"]
        after = ["photos"] if now >= activity.starts_at else []
        after += ["replay"] if now >= activity.starts_at and self.held.lesson_id is None else []
        plans = ["add_meeting", "move_meeting", "drop_meeting"] if now < activity.ends_at else []
        return ["write_in", *plans, *after, *(["call_off"] if now < activity.ends_at else [])]

    def form_options(self, act: str) -> dict[str, Any]:
        """Give each form the class."""
        return {"held": self.held}

    def write_in(self, form: forms.Form) -> str:
        """Write somebody in by hand."""
        made = sign_up(activity=self.held.activity, at=self.now, by=self.by, **form.cleaned_data)
        if made.state == SignUp.State.GOING:
            return _("%(name)s has a place.") % {"name": made.name}
        return _("Every place is taken: %(name)s is on the waiting list.") % {"name": made.name}

    def add_meeting(self, form: MeetingForm) -> str:
        """Add a meeting."""
        add_meeting(training_class=self.held, slot=form.slot(), by=self.by, at=self.now)
        return _("The meeting stands in the plan.")

    def move_meeting(self, form: MoveForm) -> str:
        """Move a meeting."""
        meeting = form.cleaned_data["meeting"]
        move_meeting(meeting=meeting, slot=form.slot(), by=self.by, at=self.now)
        return _("The meeting is moved.")

    def drop_meeting(self, form: DropForm) -> str:
        """Take a meeting out."""
        drop_meeting(meeting=form.cleaned_data["meeting"], by=self.by, at=self.now)
        return _("The meeting is out of the plan.")

    def photos(self, form: PhotosForm) -> str:
        """Keep photos."""
        facts = form.cleaned_data
        kept = add_photos(
            training_class=self.held,
            pictures=facts["photos"],
            caption=facts["caption"],
            is_public=facts["is_public"],
            by=self.by,
            at=self.now,
        )
        return _("%(count)d photos kept.") % {"count": kept}

    def replay(self, form: ReplayForm) -> str:
        """Make the recording a lesson."""
        lesson = become_lesson(training_class=self.held, by=self.by, at=self.now, **form.cleaned_data)
        return _("%(title)s is a draft at the end of the course.") % {"title": lesson.title}

    def call_off(self, form: CallOffForm) -> str:
        """Call it off."""
        why = form.cleaned_data["why"]
        call_off_class(training_class=self.held, why=why, by=self.by, at=self.now)
        return _("Called off. Everybody on the list is being told.")

    def context(self) -> dict[str, Any]:
        """Return the class with its people."""
        title = self.held.activity.title
        return {
            "class": self.held,
            "activity": self.held.activity,
            "meetings": self.held.meetings.select_related("booking__room"),
            "people": people_of(self.held),
            "doubtful": doubtful(self.held),
            "waiting": self.held.activity.sign_ups.queue().count(),
            "photos": self.held.photos.all(),
            "echo": echo_of(self.held),
            "may_act": self.request.user.has_perm("training.change_checkin"),
            "history": said(acts_on(self.held)),
            "breadcrumbs_items": [
                {"url": reverse("training-classes:index"), "label": pgettext_lazy("training", "Classes")},
                {"url": "", "label": title},
            ],
            "page_title": title,
            "header_title": title,
            "header_icon": "group",
        }
