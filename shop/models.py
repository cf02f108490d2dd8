"""The hall's own models, each in the package of its noun."""

from shop.aftersales.models import Claim, ClaimPhoto, ReturnTerms
from shop.county_post.models import CountyLine, LineStop, Station
from shop.freight.models import FreightShare, FreightTemplate, FreightZone
from shop.fulfilment.models import Consignment, ConsignmentLine, Parcel, ParcelCode, ParcelLine
from shop.invoices.models import InvoiceRequest
from shop.payments.models import (
from shop.pickup.models import PickupPoint
from shop.presale.models import Booking, Presale, PresaleDelay, PresaleTerms
from shop.settlement.models import Statement, StatementLine
from shop.settlement.terms import PromotionShare, SettlementTerms, SupplyPrice
from shop.stock.lots import StockLot
from shop.stock.movements import StockMovement
from shop.stock.places import StockPlace
from shop.stock.takes import StockCount, StockTake
from shop.tracking.models import TrackingEvent, TrackingMessage
from shop.trade.buyers import TradeBuyer
from shop.trade.models import PriceTier, Quotation, QuotationLine

__all__ = [
    "Booking",
    "Claim",
    "ClaimPhoto",
    "Consignment",
    "ConsignmentLine",
    "CountyLine",
    "Due",
    "FreightShare",
    "FreightTemplate",
    "FreightZone",
    "InvoiceRequest",
    "LineStop",
    "Notification",
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
    "Quotation",
    "QuotationLine",
    "Refund",
    "RefundLine",
    "Repayment",
    "ReturnTerms",
    "SettlementTerms",
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
]
