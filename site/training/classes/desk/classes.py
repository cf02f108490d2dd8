"""The list of classes, opening one, changing its words; everything else is on its page."""

from typing import Any, ClassVar, cast

from django.db.models import Count, Q, QuerySet
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.permissions import register_permission_policy

from accounts.models import User
from brand.back_office.policies import NeverDeletedPolicy
from brand.back_office.tables import ListView
from brand.back_office.views import Changes, Creates
from training.classes.desk import rows
from training.classes.desk.certificates import certificates
from training.classes.desk.class_desk import ClassDesk
from training.classes.desk.class_form import ClassForm, NewClassForm
from training.classes.looking_after import classes_of
from training.classes.refusals import ClassRefused
from training.classes.training_class import TrainingClass

register_permission_policy(TrainingClass, NeverDeletedPolicy(TrainingClass))


def _desk(held: TrainingClass) -> str:
    return reverse("training-classes:desk", args=[held.pk])


def _places(held: TrainingClass) -> str:
    activity = held.activity
    return (
        f"{activity.places_taken} / {activity.capacity}" if activity.capacity else str(activity.places_taken)
    )


def _for_user(form: ClassForm, user: Any) -> ClassForm:
    form.offer(user)
    return form


class ListClasses(ListView):
    """Lists classes with how many come, came, and are to be looked at."""

    along = ("activity__region",)

    def get_base_queryset(self) -> QuerySet[TrainingClass]:
        """Count along, of those that are one's business."""
        found: QuerySet[TrainingClass] = super().get_base_queryset()
        found = found.filter(pk__in=classes_of(self.request.user))
        asked = Q(meetings__check_ins__standing="asked")
        return found.annotate(
            came=Count(
                "activity__sign_ups", filter=Q(activity__sign_ups__checked_in_at__isnull=False), distinct=True
            ),
            asked=Count("meetings__check_ins", filter=asked, distinct=True),
        )

    def get_list_more_buttons(self, instance: TrainingClass) -> list[Any]:
        """Add the page of the class to Wagtail's own buttons."""
        label = gettext_lazy("Who comes")
        button = Button(label, url=_desk(instance), icon_name="group", priority=1)
        return [button, *super().get_list_more_buttons(instance)]


class OpenClass(Creates):
    """Opens a class with its first meeting."""

    refusals = (ClassRefused,)

    def get_form(self, form_class: Any = None) -> ClassForm:
        """Offer what is theirs who open it."""
        return _for_user(super().get_form(form_class), self.request.user)

    def save_instance(self) -> TrainingClass:
        """Open it."""
        form = cast("NewClassForm", self.form)
        return form.open(by=cast("User", self.request.user), at=timezone.now())

    def get_success_url(self) -> str:
        """Lead to its page."""
        return _desk(self.object)


class ChangeClass(Changes):
    """Changes the words of a class."""

    refusals = (ClassRefused,)

    def get_queryset(self) -> QuerySet[TrainingClass]:
        """Find what is one's business."""
        return classes_of(self.request.user).select_related("activity")

    def get_form(self, form_class: Any = None) -> ClassForm:
        """Offer what is theirs who change it."""
        return _for_user(super().get_form(form_class), self.request.user)

    def save_instance(self) -> TrainingClass:
        """Save, and settle what follows."""
        return cast("ClassForm", self.form).change(at=timezone.now())

    def get_success_url(self) -> str:
        """Lead to its page."""
        return _desk(self.object)


class ClassViewSet(ModelViewSet):
    """Off-line classes and live streams."""

    model = TrainingClass
    name = "training-classes"
    url_prefix = "training/classes"
    icon = "group"
    menu_label = pgettext_lazy("training", "Classes")
    add_to_reference_index = False
    index_view_class = ListClasses
    add_view_class = OpenClass
    edit_view_class = ChangeClass
    copy_view_enabled = False
    inspect_view_enabled = False
    search_backend_name = None
    list_display: ClassVar[list[Any]] = [
        TitleColumn("title", label=gettext_lazy("title"), accessor="activity.title", get_url=_desk),
        "kind",
        "form",
        Column("starts_at", label=gettext_lazy("begins"), accessor="activity.starts_at"),
        "teacher",
        Column("places", label=gettext_lazy("places"), accessor=_places),
        Column("came", label=gettext_lazy("came")),
        Column("asked", label=gettext_lazy("to be looked at")),
        BooleanColumn("is_public", label=gettext_lazy("on the site"), accessor="activity.is_public"),
    ]
    list_filter: ClassVar[dict[str, list[str]]] = {"kind": ["exact"], "form": ["exact"]}
    list_export: ClassVar[list[str]] = ["activity.title", "kind", "form", "activity.starts_at", "teacher"]
    search_fields: ClassVar[list[str]] = ["activity__title", "teacher", "activity__place"]
    ordering: ClassVar[list[str]] = ["-activity__starts_at"]

    def get_form_class(self, for_update: bool = False) -> type[ClassForm]:
        """Open with the first meeting, change without."""
        return ClassForm if for_update else NewClassForm

    def get_urlpatterns(self) -> list[Any]:
        """Add the page of a class with its acts and papers."""
        view = ClassDesk.as_view()
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/", view, name="desk"),
            path("<int:pk>/certificates/", certificates, name="certificates"),
            path("<int:pk>/people.xlsx", rows.workbook, name="workbook"),
            path("<int:pk>/meetings/<int:meeting>/sheet.pdf", rows.sheet, name="sheet"),
            path("<int:pk>/check-ins/<int:check_in>/<slug:what>/", rows.judge_check_in, name="judge"),
            path("<int:pk>/photos/<int:photo>/<slug:what>/", rows.act_on_photo, name="photo"),
            path("<int:pk>/<slug:act>/", view, name="act"),
        ]
