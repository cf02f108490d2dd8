"""The hall's own models, each in the package of its noun."""

from shop.payments.models import Due
from shop.pickup.models import PickupPoint

__all__ = ["Due", "PickupPoint"]
