"""Activities: the list, adding, changing. Calling off and who comes have a page of their own."""

from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import Count, ProtectedError, Q, QuerySet
from django.forms import BaseModelForm, Form
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.generic import DeleteView, EditView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button

from brand.activities.changing import appointment, settle_change
from brand.back_office.activities import people, rows
from brand.back_office.activities.form import ActivityForm
from brand.back_office.tables import ListView
from brand.back_office.views import TellsCreated
from brand.models import Activity
from changes import outbox

# Not in the form, and changed by acts of their own while it is open: saving must not put old values back.
_KEPT = ("places_taken", "called_off_at", "called_off_why", "check_in_key", "contacts_erased_at")


def _places(activity: Activity) -> str:
    return (
        f"{activity.places_taken} / {activity.capacity}" if activity.capacity else str(activity.places_taken)
    )


class ListActivities(ListView):
    """Lists activities with how many come, wait and came."""

    def get_base_queryset(self) -> QuerySet[Activity]:
        """Count along."""
        # classes have a list of their own, where their meetings keep their times
        own = super().get_base_queryset().filter(home=Activity.Home.ASSOCIATION)
        activities: QuerySet[Activity] = own.select_related("region")
        return activities.annotate(
            waiting=Count("sign_ups", filter=Q(sign_ups__state="waiting")),
            came=Count("sign_ups", filter=Q(sign_ups__checked_in_at__isnull=False)),
        )

    def get_list_more_buttons(self, instance: Activity) -> list[Any]:
        """Add the people and the screen to Wagtail's own buttons."""
        return [*_buttons(instance), *super().get_list_more_buttons(instance)]


class EditActivity(EditView):
    """Changes an activity; people hear of a new time or place, new room is offered to those who wait."""

    def save_instance(self) -> Activity:
        """Save over the newest row and settle what follows, in the transaction of `form_valid`."""
        newest = Activity.objects.select_for_update().get(pk=self.form.instance.pk)
        for name in _KEPT:
            setattr(self.form.instance, name, getattr(newest, name))
        activity: Activity = super().save_instance()
        settle_change(activity=activity, before=appointment(newest), at=timezone.now())
        for slug in {newest.region.slug, activity.region.slug}:
            outbox.record(activity, region=slug)
        return activity

    def form_valid(self, form: BaseModelForm) -> HttpResponse:
        """Save; somebody may have taken a place since the form was checked."""
        try:
            return super().form_valid(form)
        except IntegrityError:
            form.add_error("capacity", _("More people have a place already than that."))
            return self.form_invalid(form)

    @property
    def header_more_buttons(self) -> list[Any]:
        """Lead to the people and the screen."""
        return [*_buttons(self.object), *super().header_more_buttons]


class DeleteActivity(DeleteView):
    """Deletes an activity nobody signed up for; anything else is called off."""

    def form_valid(self, form: Form) -> HttpResponse:
        """Delete, unless people stand on its list."""
        try:
            with transaction.atomic():
                return super().form_valid(form)
        except ProtectedError:
            words = _("People are on its list, so it stays. Call it off, or take it off the site.")
            messages.error(self.request, words)
            return HttpResponseRedirect(reverse("brand-activities:people", args=[self.object.pk]))

    def delete_action(self) -> None:
        """Tell while the row is there, then delete."""
        outbox.record(self.object, "deleted", region=self.object.region.slug)
        super().delete_action()


class ActivityViewSet(ModelViewSet):
    """Activities of the association."""

    model = Activity
    name = "brand-activities"
    icon = "calendar-alt"
    menu_label = gettext_lazy("Activities")
    index_view_class = ListActivities
    add_view_class = TellsCreated
    edit_view_class = EditActivity
    delete_view_class = DeleteActivity
    copy_view_enabled = False
    search_backend_name = None
    list_display = [
        "title",
        "kind",
        "starts_at",
        "region",
        Column("places", label=gettext_lazy("places"), accessor=_places),
        Column("waiting", label=gettext_lazy("waiting")),
        Column("came", label=gettext_lazy("came")),
        BooleanColumn("is_public", label=gettext_lazy("on the site")),
    ]
    list_filter = {"region": ["exact"], "kind": ["exact"], "starts_at": ["gte", "lte"]}
    search_fields = ["title", "slug", "place"]
    ordering = ["-starts_at"]
    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("region"), FieldPanel("kind")]),
                FieldRowPanel([FieldPanel("title"), FieldPanel("slug")]),
                FieldPanel("summary"),
                FieldPanel("text"),
            ],
            heading=gettext_lazy("What"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
                FieldRowPanel([FieldPanel("place"), FieldPanel("address")]),
                FieldPanel("contact"),
            ],
            heading=gettext_lazy("When and where"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("audience"), FieldPanel("takes_sign_ups")]),
                FieldRowPanel([FieldPanel("capacity"), FieldPanel("sign_up_until")]),
                FieldPanel("answer_hours"),
            ],
            heading=gettext_lazy("Who may come"),
        ),
        MultiFieldPanel([FieldPanel("image"), FieldPanel("art")], heading=gettext_lazy("In pictures")),
        FieldPanel("is_public"),
        FieldPanel("outcome"),
    ]

    def get_edit_handler(self) -> Any:
        """Use our form below Wagtail's panels."""
        return ObjectList(self.panels, base_form_class=ActivityForm).bind_to_model(self.model)

    def get_urlpatterns(self) -> list[Any]:
        """Add the page of the people with its acts."""
        view = people.PeopleDesk.as_view()
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/people/", view, name="people"),
            path("<int:pk>/people/<slug:act>/", view, name="act"),
            path("<int:pk>/people/<int:sign_up>/<slug:what>/", rows.act_on_row, name="row"),
            path("<int:pk>/people.xlsx", people.export, name="export"),
        ]


def _buttons(activity: Activity) -> list[Button]:
    people_url = reverse("brand-activities:people", args=[activity.pk])
    screen = reverse("association:activity-screen", args=[activity.slug])
    return [
        Button(gettext_lazy("Who comes"), url=people_url, icon_name="group", priority=1),
        Button(gettext_lazy("Screen at the door"), url=screen, icon_name="mobile-alt", priority=2),
    ]
