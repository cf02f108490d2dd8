"""Campaigns, promotions and coupons in the back office; each is written by its domain function."""

from typing import Any, ClassVar, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.views.generic import CreateView, DeleteView, EditView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from accounts.models import User
from brand.back_office.tables import ListView
from shop.back_office.promotion_forms import CouponForm, OfferForm
from shop.offer.models import ConditionalOffer
from shop.promotions.campaigns import remove, schedule
from shop.promotions.coupons import set_coupon
from shop.promotions.deals import deal_of
from shop.promotions.forecast import forecast
from shop.promotions.models import Campaign
from shop.promotions.sentences import promise
from shop.promotions.setting import resume_offer, set_offer, stop_offer
from shop.voucher.models import Voucher


class _KeptPolicy(ModelPermissionPolicy):
    """Made and changed by forms; nothing is deleted, for orders and people hold it."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Ask the user's roles for everything but deleting."""
        return action != "delete" and bool(super().user_has_permission(user, action))


register_permission_policy(ConditionalOffer, _KeptPolicy(ConditionalOffer))
register_permission_policy(Voucher, _KeptPolicy(Voucher))


class _Schedules:
    """Saves a campaign by `schedule`."""

    def save_instance(self: Any) -> Campaign:
        """Save it; everything in it begins and ends with it."""
        campaign = self.form.save(commit=False)
        return schedule(campaign=campaign, at=timezone.now(), by=self.request.user)


class CreateCampaign(_Schedules, CreateView):
    """Adds a campaign to the calendar."""


class EditCampaign(_Schedules, EditView):
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


class _SetsOffer:
    """Saves a promotion by `set_offer`."""

    def save_instance(self: Any) -> ConditionalOffer:
        """Write it."""
        return set_offer(
            wanted=self.form.wanted(), offer=self.form.offer(), at=timezone.now(), by=self.request.user
        )


class CreateOffer(_SetsOffer, CreateView):
    """Makes a promotion."""


class EditOffer(_SetsOffer, EditView):
    """Changes a promotion; stopping is one press away."""

    @property
    def header_more_buttons(self) -> list[Button]:
        """Offer to stop or resume."""
        address = reverse("shop-promotions:switch", args=[self.object.pk])
        label = _("Resume") if self.object.is_suspended else _("Stop at once")
        return [Button(label, url=address, icon_name="cross"), *super().header_more_buttons]


class OfferList(ListView):
    """Lists promotions; what a coupon is worth stands with the coupons."""

    along = ("region", "campaign", "condition__range", "benefit__gift")

    def get_base_queryset(self) -> Any:
        """Leave out those of coupons."""
        return super().get_base_queryset().filter(offer_type=ConditionalOffer.SITE).exclude(region=None)


def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then stop a promotion at once or resume it."""
    if not request.user.has_perm("offer.change_conditionaloffer"):
        raise PermissionDenied
    offer = get_object_or_404(ConditionalOffer.objects.select_related("region"), pk=pk)
    if request.method == "POST":
        act = resume_offer if offer.is_suspended else stop_offer
        act(offer=offer, at=timezone.now(), by=cast("User", request.user))
        messages.success(request, _("Done: baskets know it at once."))
        return redirect("shop-promotions:edit", pk)
    context = {
        "offer": offer,
        "header_title": offer.name,
        "page_title": offer.name,
        "header_icon": "tag",
        "breadcrumbs_items": [
            {"url": reverse("shop-promotions:index"), "label": _("Promotions")},
            {"url": reverse("shop-promotions:edit", args=[pk]), "label": offer.name},
        ],
    }
    return render(request, "shop/admin/switch_offer.html", context)


def _promise(offer: ConditionalOffer) -> str:
    return promise(deal_of(offer))


class OfferViewSet(ModelViewSet):
    """Promotions."""

    model = ConditionalOffer
    name = "shop-promotions"
    menu_label = gettext_lazy("Promotions")
    icon = "tag"
    index_view_class, add_view_class, edit_view_class = OfferList, CreateOffer, EditOffer
    add_to_reference_index = False
    copy_view_enabled = inspect_view_enabled = False
    list_display: ClassVar[Any] = (
        "name",
        Column("region", label=gettext_lazy("county")),
        Column("kind", label=gettext_lazy("kind"), accessor="get_kind_display"),
        Column("promise", label=gettext_lazy("what it promises"), accessor=_promise),
        Column("campaign", label=gettext_lazy("campaign")),
        Column(
            "status",
            label=gettext_lazy("in force"),
            accessor=lambda offer: _("yes") if offer.is_open else _("no"),
        ),
    )
    list_filter = ("region", "kind")
    search_fields = ("name",)

    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("region"), FieldPanel("name")]),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("seller")]),
            FieldRowPanel([FieldPanel("threshold"), FieldPanel("value"), FieldPanel("by_count")]),
            FieldPanel("articles"),
            FieldRowPanel([FieldPanel("gift"), FieldPanel("gift_quantity")]),
            FieldPanel("provinces"),
            FieldRowPanel([FieldPanel("campaign"), FieldPanel("starts_at"), FieldPanel("ends_at")]),
            FieldRowPanel([FieldPanel("times"), FieldPanel("limit"), FieldPanel("priority")]),
        ],
        base_form_class=OfferForm,
    )

    def get_urlpatterns(self) -> list[Any]:
        """Add stopping and resuming."""
        return [*super().get_urlpatterns(), path("<int:pk>/switch/", switch, name="switch")]


class _SetsCoupon:
    """Saves a coupon by `set_coupon`."""

    def save_instance(self: Any) -> Voucher:
        """Write it."""
        voucher = self.form.instance if self.form.instance.pk else None
        return set_coupon(
            wanted=self.form.wanted(), handed=self.form.handed(), voucher=voucher, at=timezone.now(),
            by=self.request.user,
        )  # fmt: skip


class CreateCoupon(_SetsCoupon, CreateView):
    """Makes a coupon."""


class EditCoupon(_SetsCoupon, EditView):
    """Changes a coupon."""


class CouponList(ListView):
    """Lists coupons with how many were claimed."""

    along = ("region", "campaign")


class CouponViewSet(ModelViewSet):
    """Coupons."""

    model = Voucher
    name = "shop-coupons"
    menu_label = gettext_lazy("Coupons")
    icon = "tag"
    index_view_class, add_view_class, edit_view_class = CouponList, CreateCoupon, EditCoupon
    add_to_reference_index = False
    copy_view_enabled = inspect_view_enabled = False
    list_display = (
        "name",
        Column("region", label=gettext_lazy("county")),
        Column("audience", label=pgettext_lazy("coupon", "for whom"), accessor="get_audience_display"),
        Column("claimed", label=gettext_lazy("claimed")),
        Column("quantity", label=gettext_lazy("how many there are")),
        DateColumn("end_datetime", label=gettext_lazy("ends")),
    )
    list_filter = ("region", "audience")
    search_fields = ("name", "code")

    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("region"), FieldPanel("name")]),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("threshold"), FieldPanel("value")]),
            FieldPanel("articles"),
            FieldRowPanel([FieldPanel("audience"), FieldPanel("code")]),
            FieldRowPanel([FieldPanel("quantity"), FieldPanel("per_person"), FieldPanel("valid_days")]),
            FieldRowPanel([FieldPanel("campaign"), FieldPanel("starts_at"), FieldPanel("ends_at")]),
        ],
        base_form_class=CouponForm,
    )
