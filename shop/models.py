"""The hall's own models, each in the package of its noun."""

from shop.aftersales.models import Claim, ClaimGift, ClaimPhoto, ReturnTerms
from shop.counting.models import HallCount
from shop.county_post.models import CountyLine, LineStop, Station
from shop.freight.models import FreightShare, FreightTemplate, FreightZone
from shop.fulfilment.models import Consignment, ConsignmentLine, Parcel, ParcelCode, ParcelLine
from shop.gallery.models import ArticleFilm, ArticlePicture
from shop.halls.models import Hall
from shop.invoices.models import InvoiceRequest
from shop.listing.models import Listing
from shop.outside.models import OutsideHall, OutsideOrder, OutsideSale
from shop.payments.models import (
    Due,
    Notification,
    PayingTerms,
    Payment,
    Refund,
    RefundLine,
    Repayment,
)
from shop.pickup.models import PickupPoint
from shop.presale.models import Booking, Presale, PresaleDelay, PresaleTerms
from shop.promotions.earned import EarnedGift, Earning
from shop.promotions.models import Campaign, HeldCoupon
from shop.questions.models import Answer, Question
from shop.reviewing.models import Voices
from shop.sellers.models import SellerPaper
from shop.settlement.models import Statement, StatementLine
from shop.settlement.terms import PromotionShare, SettlementTerms, SupplyPrice
from shop.sheets.models import SheetImport, SheetLine
from shop.stock.lots import StockLot
from shop.stock.movements import StockMovement
from shop.stock.places import StockPlace
from shop.stock.takes import StockCount, StockTake
from shop.tracking.models import TrackingEvent, TrackingMessage
from shop.trade.buyers import TradeBuyer
from shop.trade.models import PriceTier, Quotation, QuotationLine

__all__ = [
    "Answer",
    "ArticleFilm",
    "ArticlePicture",
    "Booking",
    "Campaign",
    "Claim",
    "ClaimGift",
    "ClaimPhoto",
    "Consignment",
    "ConsignmentLine",
    "CountyLine",
    "Due",
    "EarnedGift",
    "Earning",
    "FreightShare",
    "FreightTemplate",
    "FreightZone",
    "Hall",
    "HallCount",
    "HeldCoupon",
    "InvoiceRequest",
    "LineStop",
    "Listing",
    "Notification",
    "OutsideHall",
    "OutsideOrder",
    "OutsideSale",
    "Parcel",
    "ParcelCode",
    "ParcelLine",
    "PayingTerms",
    "Payment",
    "PickupPoint",
    "Presale",
    "PresaleDelay",
    "PresaleTerms",
    "PriceTier",
    "PromotionShare",
    "Question",
    "Quotation",
    "QuotationLine",
    "Refund",
    "RefundLine",
    "Repayment",
    "ReturnTerms",
    "SellerPaper",
    "SettlementTerms",
    "SheetImport",
    "SheetLine",
    "Statement",
    "StatementLine",
    "Station",
    "StockCount",
    "StockLot",
    "StockMovement",
    "StockPlace",
    "StockTake",
    "SupplyPrice",
    "TrackingEvent",
    "TrackingMessage",
    "TradeBuyer",
    "Voices",
]
