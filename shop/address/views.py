"""The address book: what was kept at the checkout, which one is filled in, and taking one out.

A new address comes in at the checkout, where it is needed and its district is chosen.
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shop.address.models import UserAddress


@login_required
@require_safe
def book(request: HttpRequest) -> HttpResponse:
    """Show the addresses, the usual one first."""
    kept = UserAddress.objects.filter(user=request.user).order_by(
        "-is_default_for_shipping", "-num_orders_as_shipping_address", "-pk"
    )
    return render(request, "shop/addresses.html", {"addresses": kept})


@login_required
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an address out of the book; orders keep theirs."""
    if request.method == "POST":
        get_object_or_404(UserAddress, user=request.user, pk=pk).delete()
        messages.success(request, _("The address is out of your book."))
    return redirect("customer:address-list")


@login_required
def make_usual(request: HttpRequest, pk: int, **_more: Any) -> HttpResponse:
    """Let the checkout fill in this one."""
    if request.method == "POST":
        chosen = get_object_or_404(UserAddress, user=request.user, pk=pk)
        with transaction.atomic():
            UserAddress.objects.filter(user=request.user).update(is_default_for_shipping=False)
            UserAddress.objects.filter(pk=chosen.pk).update(is_default_for_shipping=True)
    return redirect("customer:address-list")


def to_book(request: HttpRequest, **_more: Any) -> HttpResponse:
    """Lead Oscar's other addresses of the book to the book."""
    return redirect("customer:address-list")
