"""What a delivery costs and where none goes: templates by weight and zone, of a seller or of a county."""

from shop.freight.charging import Freight, NotDelivered, freight_for

__all__ = ["Freight", "NotDelivered", "freight_for"]
