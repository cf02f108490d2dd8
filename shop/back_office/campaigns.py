"""Campaigns in the back office: the activity calendar, and what one would have cost."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.views.generic import DeleteView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button

from brand.back_office.tables import ListView
from brand.back_office.views import Changes, Creates
from shop.promotions.campaigns import NotScheduled, remove, schedule
from shop.promotions.deals import deal_of
from shop.promotions.forecast import forecast
from shop.promotions.models import Campaign
from shop.promotions.sentences import promise


class _Schedules:
    """Saves a campaign by `schedule`."""

    refusals: ClassVar[tuple[type[Exception], ...]] = (NotScheduled,)

    def save_instance(self: Any) -> Campaign:
        """Save it; everything in it begins and ends with it."""
        campaign = self.form.save(commit=False)
        return schedule(campaign=campaign, at=timezone.now(), by=self.request.user)


class CreateCampaign(_Schedules, Creates):
    """Adds a campaign to the calendar."""


class EditCampaign(_Schedules, Changes):
    """Changes a campaign; what it would cost is one press away."""

    @property
    def header_more_buttons(self) -> list[Button]:
        """Lead to the forecast."""
        address = reverse("shop-campaigns:forecast", args=[self.object.pk])
        return [Button(_("What it would cost"), url=address, icon_name="table"), *super().header_more_buttons]


class DeleteCampaign(DeleteView):
    """Takes a campaign that has not begun out of the calendar."""

    def delete_action(self) -> None:
        """Remove it; its promotions stop."""
        remove(campaign=self.object, by=self.request.user, at=timezone.now())


class CampaignList(ListView):
    """Lists the calendar, the latest first."""

    along = ("region",)


def show_forecast(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the campaign would have cost in the days before, and what is in it."""
    if not request.user.has_perm("fengtu_shop.view_campaign"):
        raise PermissionDenied
    campaign = get_object_or_404(Campaign.objects.select_related("region"), pk=pk)
    offers = campaign.offers.select_related("condition__range", "benefit__gift")
    context = {
        "campaign": campaign,
        "forecast": forecast(campaign, at=timezone.now()),
        "promises": [(offer.name, promise(deal_of(offer))) for offer in offers],
        "coupons": campaign.coupons.all(),
        "breadcrumbs_items": [
            {"url": reverse("shop-campaigns:index"), "label": _("Campaigns")},
            {"url": reverse("shop-campaigns:edit", args=[pk]), "label": campaign.name},
            {"url": "", "label": _("What it would cost")},
        ],
        "header_title": _("What it would cost"),
        "page_title": _("What it would cost"),
        "header_icon": "table",
    }
    return render(request, "shop/admin/forecast.html", context)


class CampaignViewSet(ModelViewSet):
    """The activity calendar."""

    model = Campaign
    name = "shop-campaigns"
    menu_label = gettext_lazy("Campaigns")
    icon = "calendar-alt"
    index_view_class, add_view_class = CampaignList, CreateCampaign
    edit_view_class, delete_view_class = EditCampaign, DeleteCampaign
    add_to_reference_index = False
    copy_view_enabled = inspect_view_enabled = False
    list_display = (
        "name",
        Column("region", label=gettext_lazy("county")),
        DateColumn("starts_at", label=gettext_lazy("starts")),
        DateColumn("ends_at", label=gettext_lazy("ends")),
        BooleanColumn("published", label=gettext_lazy("shown and in force")),
    )
    list_filter = ("region", "published")
    search_fields = ("name",)
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("region"), FieldPanel("name")]),
            FieldPanel("summary"),
            FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
            FieldRowPanel([FieldPanel("budget"), FieldPanel("published")]),
        ]
    )

    def get_urlpatterns(self) -> list[Any]:
        """Add the forecast."""
        return [*super().get_urlpatterns(), path("<int:pk>/forecast/", show_forecast, name="forecast")]
