"""Addresses under /shop/desk/orders/."""

from typing import Any

urlpatterns: list[Any] = []
