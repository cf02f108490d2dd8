"""Coupons in the back office: what they are worth, for whom, how many; written by `set_coupon`."""

from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from brand.back_office.policies import NeverDeletedPolicy
from brand.back_office.tables import ListView
from brand.back_office.views import Changes, Creates
from shop.back_office.promotion_forms import CouponForm
from shop.promotions.coupons import set_coupon
from shop.promotions.setting import BadPromotion
from shop.voucher.models import Voucher

# people and orders hold them
register_permission_policy(Voucher, NeverDeletedPolicy(Voucher))


class _SetsCoupon:
    """Saves a coupon by `set_coupon`."""

    refusals: ClassVar[tuple[type[Exception], ...]] = (BadPromotion,)

    def save_instance(self: Any) -> Voucher:
        """Write it."""
        voucher = self.form.instance if self.form.instance.pk else None
        return set_coupon(
            wanted=self.form.wanted(), handed=self.form.handed(), voucher=voucher, at=timezone.now(),
            by=self.request.user,
        )  # fmt: skip


class CreateCoupon(_SetsCoupon, Creates):
    """Makes a coupon."""


class EditCoupon(_SetsCoupon, Changes):
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
