"""What is done at the packing table. Each act leads back to the page it came from, with a word about it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from record.codes.serials import grouped
from shop.desk.gate import SellerRequest, seller_page
from shop.fulfilment.desk.finding import consignment_of, parcel_of
from shop.fulfilment.desk.pages import parcel_page
from shop.fulfilment.models import ConsignmentLine, Parcel
from shop.fulfilment.packing import (
    add_code,
    add_without_code,
    begin_parcel,
    give_up_parcel,
    take_out_code,
    take_out_uncoded,
)
from shop.fulfilment.refusals import NotPacked, NotSent
from shop.fulfilment.sending import send_parcel
from shop.tracking.tracing import Source, Step, trace


@seller_page
def begin(request: SellerRequest, number: str) -> HttpResponse:
    """Put a parcel on the table for a consignment."""
    found = consignment_of(request, number)
    if request.method != "POST":
        return redirect("shop-desk:consignment", number=number)
    try:
        parcel = begin_parcel(consignment=found, at=timezone.now(), by=request.user)
    except NotPacked as error:
        messages.error(request, str(error))
        return redirect("shop-desk:consignment", number=number)
    return redirect("shop-desk:parcel", number=parcel.number)


@seller_page
def add(request: SellerRequest, number: str) -> HttpResponse:
    """Put a package in, by its code; or some without codes, by their line."""
    parcel = parcel_of(request, number)
    if request.method != "POST":
        return redirect("shop-desk:parcel", number=number)
    typed = request.POST.get("code", "").strip()
    line = _line(request, parcel)
    try:
        if line is not None:
            add_without_code(parcel=parcel, line=line, quantity=_quantity(request))
            messages.success(request, _("Put in."))
        elif typed:
            code = add_code(parcel=parcel, text=typed, at=timezone.now()).code
            messages.success(request, _("%(code)s is in.") % {"code": grouped(code.serial)})
    except NotPacked as error:
        return parcel_page(request, parcel, status=409, wrong=str(error), typed=typed)
    return redirect("shop-desk:parcel", number=number)


@seller_page
def remove(request: SellerRequest, number: str) -> HttpResponse:
    """Take a package out again, by its code or what has none by its line."""
    parcel = parcel_of(request, number)

    def act() -> None:
        line = _line(request, parcel)
        if line is not None:
            take_out_uncoded(parcel=parcel, line=line)
            return
        found = parcel.codes.filter(code__serial=request.POST.get("serial", "")).first()
        if found is not None:
            take_out_code(parcel=parcel, code=found.code)

    return _act(request, parcel, act)


@seller_page
def unpack(request: SellerRequest, number: str) -> HttpResponse:
    """Give the parcel up: everything in it goes back on the shelf."""
    parcel = parcel_of(request, number)
    if request.method != "POST":
        return redirect("shop-desk:parcel", number=number)
    try:
        give_up_parcel(parcel=parcel)
    except NotPacked as error:
        messages.error(request, str(error))
        return redirect("shop-desk:parcel", number=number)
    messages.success(request, _("Unpacked. The packages are free for other orders."))
    return redirect("shop-desk:consignment", number=parcel.consignment.number)


@seller_page
def send(request: SellerRequest, number: str) -> HttpResponse:
    """Let the parcel leave."""
    parcel = parcel_of(request, number)
    if request.method != "POST":
        return redirect("shop-desk:parcel", number=number)
    names = ("carrier", "waybill", "without_codes")
    typed = {name: request.POST.get(name, "").strip()[:100] for name in names}
    try:
        send_parcel(parcel=parcel, at=timezone.now(), by=request.user, **typed)
    except NotSent as error:
        return parcel_page(request, parcel, status=409, wrong=str(error), sending=typed)
    messages.success(request, _("Sent. The buyer was told."))
    return redirect("shop-desk:parcel", number=number)


@seller_page
def arrived(request: SellerRequest, number: str) -> HttpResponse:
    """Say that a parcel the seller brought lies at the pick-up point."""
    parcel = parcel_of(request, number)
    point = parcel.consignment.order.pickup_point

    def act() -> None:
        if point is None or parcel.state != Parcel.State.HANDED_OVER:
            raise NotPacked(_("This parcel does not wait to be brought to a pick-up point."))
        now = timezone.now()
        words = _("Waits for you at the pick-up point.")
        step = Step(at=now, state=Parcel.State.WAITING, text=words, source=Source.SELLER, place=point.name)
        trace(parcel=parcel, step=step, by=request.user)
        messages.success(request, _("The buyer was told where it waits."))

    return _act(request, parcel, act)


def _act(request: SellerRequest, parcel: Parcel, act: Callable[[], Any]) -> HttpResponse:
    """Do it by POST, and lead back to the parcel, with the reason where it was refused."""
    if request.method == "POST":
        try:
            act()
        except NotPacked as error:
            return parcel_page(request, parcel, status=409, wrong=str(error))
    return redirect("shop-desk:parcel", number=parcel.number)


def _line(request: SellerRequest, parcel: Parcel) -> ConsignmentLine | None:
    named = request.POST.get("line", "")
    return parcel.consignment.lines.filter(pk=named).first() if named.isdecimal() else None


def _quantity(request: SellerRequest) -> int:
    typed = request.POST.get("quantity", "1").strip()
    return int(typed) if typed.isdecimal() and len(typed) < 6 else 0
