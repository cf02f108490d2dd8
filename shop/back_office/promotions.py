"""Promotions in the back office: made, changed, stopped and resumed by `shop.promotions.setting`."""

from typing import Any, ClassVar, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.permissions import register_permission_policy

from accounts.models import User
from brand.back_office.policies import NeverDeletedPolicy
from brand.back_office.tables import ListView
from brand.back_office.views import Changes, Creates
from shop.back_office.promotion_forms import OfferForm
from shop.offer.models import ConditionalOffer
from shop.promotions.deals import deal_of
from shop.promotions.sentences import promise
from shop.promotions.setting import BadPromotion, resume_offer, set_offer, stop_offer

# orders name them
register_permission_policy(ConditionalOffer, NeverDeletedPolicy(ConditionalOffer))


class _SetsOffer:
    """Saves a promotion by `set_offer`."""

    refusals: ClassVar[tuple[type[Exception], ...]] = (BadPromotion,)

    def save_instance(self: Any) -> ConditionalOffer:
        """Write it."""
        return set_offer(
            wanted=self.form.wanted(), offer=self.form.offer(), at=timezone.now(), by=self.request.user
        )


class CreateOffer(_SetsOffer, Creates):
    """Makes a promotion."""


class EditOffer(_SetsOffer, Changes):
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
