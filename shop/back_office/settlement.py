"""Settlement in the back office: terms, supply prices, who bears promotions; statements and the proof."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from brand.back_office.policies import LookedAtPolicy
from brand.back_office.tables import ListView
from shop.back_office.settlement_desk import StatementDesk, draw
from shop.back_office.settlement_proof import proof
from shop.models import PromotionShare, SettlementTerms, Statement, SupplyPrice
from shop.settlement.agreeing import agree_terms, price_supply, share_promotion
from shop.settlement.refusals import SettlementRefused


class AddedPolicy(ModelPermissionPolicy):
    """Added for a day to come, never changed or deleted: old sales keep their terms."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Ask the user's roles for viewing and adding only."""
        return action in {"view", "add"} and bool(super().user_has_permission(user, action))


for _model in (SettlementTerms, PromotionShare, SupplyPrice):
    register_permission_policy(_model, AddedPolicy(_model))
register_permission_policy(Statement, LookedAtPolicy(Statement))


def _offer_called(offer: Any) -> str:
    """Return the name people know: a coupon's, not that of the offer behind it."""
    coupon = next(iter(offer.vouchers.all()), None)
    name = coupon.name if coupon else offer.name
    return f"{offer.region.name} · {name}" if offer.region else str(name)


class AgreedForm(WagtailAdminModelForm):
    """Adds a dated row by its own verb; what that refuses is said on the form."""

    def _post_clean(self) -> None:
        """Write the row once everything typed is right."""
        super()._post_clean()
        if not self.errors:
            try:
                self.made = self.add(self.cleaned_data)
            except SettlementRefused as refused:
                self.add_error(None, str(refused))

    def add(self, typed: dict[str, Any]) -> Any:
        """Make the domain call."""
        raise NotImplementedError

    def validate_unique(self) -> None:
        """Leave it to the verb, which has already written the row."""

    def validate_constraints(self) -> None:
        """Leave it to the verb."""

    def save(self, commit: bool = True) -> Any:
        """Return what the verb made."""
        self.instance = self.made
        return self.made


class TermsForm(AgreedForm):
    """Terms of a supplier."""

    def add(self, typed: dict[str, Any]) -> SettlementTerms:
        """Agree on them."""
        return agree_terms(at=timezone.now(), by=self.for_user, **typed)


class PromotionShareForm(AgreedForm):
    """Who bears a promotion."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["offer"]
        field.queryset = field.queryset.select_related("region").prefetch_related("vouchers")
        field.label_from_instance = _offer_called

    def add(self, typed: dict[str, Any]) -> PromotionShare:
        """Say it."""
        return share_promotion(at=timezone.now(), **typed)


class SupplyForm(AgreedForm):
    """A supply price."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["stockrecord"]
        field.queryset = field.queryset.select_related("product__parent", "partner").order_by(
            "partner__name", "pk"
        )
        field.label_from_instance = lambda row: f"{row.partner.name} · {row.called}"

    def add(self, typed: dict[str, Any]) -> SupplyPrice:
        """Put it on the list."""
        return price_supply(**typed)


class _Dated(ModelViewSet):
    """Listed and added to."""

    copy_view_enabled = False
    add_to_reference_index = False
    search_backend_name = None
    exclude_form_fields: list[str] = []
    base_form: ClassVar[type[AgreedForm]]

    def get_edit_handler(self) -> Any:
        """Use our form below Wagtail's panels."""
        return ObjectList(self.panels, base_form_class=self.base_form).bind_to_model(self.model)


class ListTerms(ListView):
    """Lists terms."""

    along = ("partner",)


class ListStatements(ListView):
    """Lists statements, with the way to draw up those of last month."""

    along = ("partner",)

    @cached_property
    def header_buttons(self) -> list[Any]:
        """Offer to draw up."""
        buttons = list(super().header_buttons)
        if self.request.user.has_perm("fengtu_shop.add_statement"):
            draw_up = reverse("shop-statements:draw")
            buttons.append(HeaderButton(_("Draw up last month"), url=draw_up, icon_name="plus"))
        return buttons


class ListShares(ListView):
    """Lists who bears which promotion."""

    along = ("offer",)


class ListPrices(ListView):
    """Lists supply prices."""

    along = ("stockrecord__product__parent", "stockrecord__partner")


class TermsViewSet(_Dated):
    """What was agreed with suppliers."""

    model = SettlementTerms
    name = "shop-settlement-terms"
    icon = "doc-full"
    menu_label = _("Terms of suppliers")
    base_form = TermsForm
    index_view_class = ListTerms
    list_display = [
        "partner", "valid_from", Column("basis", label=_("settled by"), accessor="get_basis_display"),
        "rate", "promotion_share", "agreed",
    ]  # fmt: skip
    list_filter = ["partner"]
    list_export = ["partner.name", "valid_from", "basis", "rate", "promotion_share", "agreed"]
    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("partner"), FieldPanel("valid_from")]),
                FieldRowPanel([FieldPanel("basis"), FieldPanel("rate"), FieldPanel("promotion_share")]),
                FieldPanel("agreed"),
            ],
            heading=_("Terms"),
        )
    ]


class PromotionShareViewSet(_Dated):
    """Who bears a promotion where it is another than the terms say."""

    model = PromotionShare
    name = "shop-promotion-shares"
    icon = "pick"
    menu_label = _("Who bears promotions")
    base_form = PromotionShareForm
    index_view_class = ListShares
    list_display = ["offer", "supplier_share", "valid_from"]
    panels = [FieldPanel("offer"), FieldRowPanel([FieldPanel("supplier_share"), FieldPanel("valid_from")])]


def _title(row: SupplyPrice) -> str:
    return str(row.stockrecord.called)


class SupplyPriceViewSet(_Dated):
    """The price lists of suppliers."""

    model = SupplyPrice
    name = "shop-supply-prices"
    icon = "list-ul"
    menu_label = _("Supply prices")
    base_form = SupplyForm
    index_view_class = ListPrices
    list_display = [
        Column("article", label=_("article"), accessor=_title),
        Column("partner", label=_("supplier"), accessor="stockrecord.partner.name"), "price", "valid_from",
    ]  # fmt: skip
    list_filter = ["stockrecord__partner"]
    list_export = ["stockrecord.product.title", "stockrecord.partner.name", "price", "valid_from"]
    search_fields = ["stockrecord__product__title"]
    panels = [FieldPanel("stockrecord"), FieldRowPanel([FieldPanel("price"), FieldPanel("valid_from")])]


def _desk(statement: Statement) -> str:
    return reverse("shop-statements:desk", args=[statement.pk])


class StatementViewSet(ModelViewSet):
    """Statements of all suppliers."""

    model = Statement
    name = "shop-statements"
    icon = "table"
    menu_label = _("Settlement statements")
    copy_view_enabled = False
    add_to_reference_index = False
    search_backend_name = None
    exclude_form_fields: list[str] = []
    index_view_class = ListStatements
    list_display = [
        TitleColumn("number", label=_("number"), accessor="number", get_url=_desk),
        "partner", "first", "last", "goods", "commission", "payable",
        Column("state", label=_("state"), accessor="get_state_display"),
    ]  # fmt: skip
    list_export = [
        "number", "partner.name", "first", "last", "goods", "freight", "refunded_goods", "refunded_freight",
        "hall_bears", "commission", "due", "carried_in", "payable", "state", "paid_at", "bank_reference",
    ]  # fmt: skip
    export_filename = "statements"
    list_filter = ["state", "partner"]
    search_fields = ["number", "partner__name"]

    def get_urlpatterns(self) -> list[Any]:
        """Add drawing up, and the page of a statement with its acts."""
        return [
            *super().get_urlpatterns(),
            path("draw/", draw, name="draw"),
            path("<int:pk>/", StatementDesk.as_view(), name="desk"),
            path("<int:pk>/<slug:act>/", StatementDesk.as_view(), name="act"),
        ]


class _OfMoney(MenuItem):
    """Shown to those who may see statements."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the user's roles."""
        return bool(request.user.has_perm("fengtu_shop.view_statement"))


class ProofViewSet(ViewSet):
    """Where the money of a month went, to the cent."""

    name = "shop-settlement-proof"
    menu_label = _("Where the money went")
    icon = "table"
    menu_item_class = _OfMoney

    def get_urlpatterns(self) -> list[Any]:
        """One page."""
        return [path("", proof, name="index")]
