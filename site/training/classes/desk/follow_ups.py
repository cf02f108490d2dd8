"""Follow-ups: whom to ask, what they answered; as a sheet it goes into the acceptance file."""

from typing import Any, ClassVar, cast

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from accounts.models import User
from brand.back_office.tables import ListView
from brand.back_office.views import Changes
from lib import dates
from lib.phone import display_phone
from training.classes.following_up import TRIES, record_answer
from training.classes.looking_after import follow_ups_of
from training.classes.refusals import ClassRefused
from training.models import FollowUp


class AnsweredPolicy(ModelPermissionPolicy):
    """Planned by the day, answered by officers: nobody adds or deletes one."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Ask the user's roles for viewing and answering only."""
        return action in {"view", "change"} and bool(super().user_has_permission(user, action))


register_permission_policy(FollowUp, AnsweredPolicy(FollowUp))


def _phone(follow_up: FollowUp) -> str:
    phone = follow_up.sign_up.phone
    return display_phone(phone) if phone else ""


def _tries(follow_up: FollowUp) -> str:
    """Return on which days somebody tried in vain."""
    days = [dates.full_day(each.tried_on) for each in follow_up.tries.all()]
    return "、".join(days)


class AnswerForm(forms.ModelForm):
    """What became of somebody."""

    class Meta:
        model = FollowUp
        fields = ["way", "outcome", "income", "words"]
        widgets = {"words": forms.Textarea({"rows": 3, "maxlength": 300})}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("way", "outcome"):
            self.fields[name].required = True


class ListFollowUps(ListView):
    """Lists whom to ask, those due first."""

    along = ("training_class__activity", "sign_up", "asked_by")

    def get_base_queryset(self) -> QuerySet[FollowUp]:
        """List those of the classes one looks after."""
        found: QuerySet[FollowUp] = super().get_base_queryset()
        return found.filter(pk__in=follow_ups_of(self.request.user)).prefetch_related("tries")

    worded = {"phone": _phone, "tries": _tries}
    export_headings = {
        "training_class.activity.title": pgettext_lazy("training", "class"),
        "sign_up.name": pgettext_lazy("person", "name"),
        "phone": gettext_lazy("mobile number"),
        "tries": gettext_lazy("not reached on"),
        "asked_by": pgettext_lazy("follow-up", "who asked"),
    }


class Answer(Changes):
    """Writes down what somebody answered; once."""

    refusals = (ClassRefused,)

    def get_queryset(self) -> QuerySet[FollowUp]:
        """Read the person and the class along, of those one looks after."""
        return follow_ups_of(self.request.user).select_related("training_class__activity", "sign_up")

    def get_page_subtitle(self) -> str:
        """Say who is asked, after what, under which number, and when nobody answered."""
        person, tried = self.object.sign_up, _tries(self.object)
        facts = [f"{person.name} {_phone(self.object)}", str(self.object.training_class)]
        return " · ".join([*facts, _("not reached on %(days)s") % {"days": tried}] if tried else facts)

    def get_success_message(self) -> str:
        """Say how often nobody was reached, or that it is written down."""
        if self.form.cleaned_data["outcome"] != FollowUp.Outcome.UNREACHED:
            return _("Written down.")
        left = TRIES - self.object.tries.count()
        if left > 0:
            words = ngettext("It stays due: %(left)d more try.", "It stays due: %(left)d more tries.", left)
            return words % {"left": left}
        return _("Tried on three days: closed as not reachable.")

    def save_instance(self) -> FollowUp:
        """Write it down."""
        by = cast("User", self.request.user)
        asked = FollowUp.objects.get(pk=self.form.instance.pk)
        record_answer(follow_up=asked, by=by, at=timezone.now(), **self.form.cleaned_data)
        return asked


class FollowUpViewSet(ModelViewSet):
    """Follow-ups (回访)."""

    model = FollowUp
    name = "training-follow-ups"
    url_prefix = "training/follow-ups"
    icon = "comment"
    menu_label = gettext_lazy("Follow-ups")
    add_to_reference_index = False
    index_view_class = ListFollowUps
    edit_view_class = Answer
    copy_view_enabled = False
    search_backend_name = None
    list_display: ClassVar[list[Any]] = [
        TitleColumn(
            "name",
            label=pgettext_lazy("person", "name"),
            accessor=lambda asked: asked.sign_up.name or "—",
            url_name="training-follow-ups:edit",
        ),
        Column("phone", label=gettext_lazy("mobile number"), accessor=_phone),
        Column("class", label=pgettext_lazy("training", "class"), accessor="training_class.activity.title"),
        "due_on",
        Column("tries", label=gettext_lazy("not reached on"), accessor=_tries),
        "outcome",
        "income",
        "asked_at",
    ]
    list_filter: ClassVar[dict[str, list[str]]] = {
        "outcome": ["exact"],
        "due_on": ["gte", "lte"],
        "asked_at": ["isnull"],
    }
    list_export: ClassVar[list[str]] = [
        "training_class.activity.title",
        "sign_up.name",
        "phone",
        "due_on",
        "tries",
        "asked_at",
        "asked_by",
        "way",
        "outcome",
        "income",
        "words",
    ]
    search_fields: ClassVar[list[str]] = ["sign_up__name", "training_class__activity__title"]
    ordering: ClassVar[list[str]] = ["asked_at", "due_on"]

    def get_form_class(self, for_update: bool = False) -> type[AnswerForm]:
        """Ask for the answer."""
        return AnswerForm
