"""The menus of the hall, in the order of a day: orders, goods, promotions, stock and money.

What is used daily stands first in each; what is set once stands last.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from shop.back_office.articles import ArticleViewSet, SizeViewSet
from shop.back_office.books import BooksViewSet, NotificationViewSet, PayingTermsViewSet
from shop.back_office.campaigns import CampaignViewSet
from shop.back_office.claims import ClaimViewSet
from shop.back_office.coupons import CouponViewSet
from shop.back_office.freight import FreightViewSet
from shop.back_office.halls import HallViewSet
from shop.back_office.invoices import InvoiceViewSet
from shop.back_office.kinds import KindViewSet
from shop.back_office.orders import OrderViewSet
from shop.back_office.outside import OutsideHallViewSet, OutsideSaleViewSet
from shop.back_office.overview import OverviewViewSet
from shop.back_office.papers import PaperViewSet
from shop.back_office.payments import PaymentViewSet
from shop.back_office.pickup import PickupPointViewSet
from shop.back_office.presales import PresaleViewSet
from shop.back_office.promotions import OfferViewSet
from shop.back_office.questions import QuestionViewSet
from shop.back_office.repayments import RepaymentViewSet
from shop.back_office.return_terms import ReturnTermsViewSet
from shop.back_office.reviews import ReviewViewSet
from shop.back_office.sellers import SellerViewSet
from shop.back_office.settlement import (
    PromotionShareViewSet,
    ProofViewSet,
    StatementViewSet,
    SupplyPriceViewSet,
    TermsViewSet,
)
from shop.back_office.sheets import SheetViewSet
from shop.back_office.stations import (
    LineViewSet,
    ParcelViewSet,
    StationViewSet,
    TrackingMessageViewSet,
)
from shop.back_office.stock import LotViewSet, MovementViewSet, PlaceViewSet, TakeViewSet
from shop.back_office.trade import BuyerViewSet, QuotationViewSet
from shop.back_office.types import TypeViewSet


class ShopViewSetGroup(ViewSetGroup):
    """What came in today: orders, parcels, claims, reviews, questions, payments."""

    menu_label = _("Shop")
    menu_name = "shop"
    menu_icon = "tag"
    menu_order = 240
    items: tuple[Any, ...] = (
        OverviewViewSet,
        OrderViewSet,
        ParcelViewSet,
        ClaimViewSet,
        ReviewViewSet,
        QuestionViewSet,
    )


class GoodsViewSetGroup(ViewSetGroup):
    """What the hall sells and who sells it: articles, categories, sellers, the hall page, outside halls."""

    menu_label = _("Goods and halls")
    menu_name = "shop-goods"
    menu_icon = "pick"
    menu_order = 242
    items: tuple[Any, ...] = (
        ArticleViewSet,
        SizeViewSet,
        KindViewSet,
        HallViewSet,
        PresaleViewSet,
        TypeViewSet,
        ReturnTermsViewSet,
        SellerViewSet,
        PaperViewSet,
        OutsideHallViewSet,
        OutsideSaleViewSet,
        SheetViewSet,
    )


class PromotionsViewSetGroup(ViewSetGroup):
    """Campaigns, coupons, offers."""

    menu_label = _("Promotions")
    menu_name = "shop-promotions"
    menu_icon = "calendar-alt"
    menu_order = 244
    items: tuple[Any, ...] = (CampaignViewSet, OfferViewSet, CouponViewSet)


class MoneyViewSetGroup(ViewSetGroup):
    """What was paid, what goes back, and whether the books agree."""

    menu_label = _("Payments")
    menu_name = "shop-money"
    menu_icon = "resubmit"
    menu_order = 245
    items: tuple[Any, ...] = (
        PaymentViewSet,
        RepaymentViewSet,
        BooksViewSet,
        NotificationViewSet,
        PayingTermsViewSet,
    )


class TradeViewSetGroup(ViewSetGroup):
    """Stock, settlement with suppliers, freight, buyers who buy in bulk."""

    menu_label = _("Stock and settlement")
    menu_name = "shop-trade"
    menu_icon = "table"
    menu_order = 246
    items: tuple[Any, ...] = (
        StatementViewSet,
        ProofViewSet,
        QuotationViewSet,
        BuyerViewSet,
        MovementViewSet,
        LotViewSet,
        TakeViewSet,
        InvoiceViewSet,
        FreightViewSet,
        PickupPointViewSet,
        StationViewSet,
        LineViewSet,
        TrackingMessageViewSet,
        TermsViewSet,
        SupplyPriceViewSet,
        PromotionShareViewSet,
        PlaceViewSet,
    )


GROUPS = (ShopViewSetGroup, GoodsViewSetGroup, PromotionsViewSetGroup, MoneyViewSetGroup, TradeViewSetGroup)
