"""Packing: packages go into a parcel one by one, each with its code where it has one."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from record.codes.serials import grouped
from record.models import Code
from shop.fulfilment.fitting import code_meant, reason_against, room_for
from shop.fulfilment.models import Consignment, ConsignmentLine, Parcel, ParcelCode, ParcelLine
from shop.fulfilment.owing import owed
from shop.fulfilment.refusals import NotPacked

OPEN = [Consignment.State.TO_PACK, Consignment.State.PARTLY_SENT]


def begin_parcel(*, consignment: Consignment, at: datetime, by: User | None) -> Parcel:
    """Return the parcel that is being packed for `consignment`, a new one if there is none.

    Raises:
        NotPacked: the consignment was stopped, or everything of it has left.
    """
    with transaction.atomic():
        held = _hold(consignment)
        there = held.parcels.filter(state=Parcel.State.PACKING).first()
        if there is not None:
            return there
        if all(line.left <= 0 for line in owed(held)):
            raise NotPacked(_("Everything of this order has left or was cancelled."))
        number = f"{held.number}-{held.parcels.count() + 1}"
        while Parcel.objects.filter(number=number).exists():  # an earlier one was given up
            number += "a"
        return Parcel.objects.create(consignment=held, number=number, begun_at=at, packed_by=by)


def add_code(*, parcel: Parcel, text: str, at: datetime) -> ParcelCode:
    """Put the package whose code was scanned or typed into `parcel`.

    Raises:
        NotPacked: no such code, not of what was ordered, enough of it already, or it may not be sold.
    """
    code = code_meant(text)
    with transaction.atomic():
        consignment = _hold(parcel.consignment)
        _still_open(parcel)
        if reason := reason_against(code, parcel):
            raise NotPacked(reason)
        line = room_for(code, owed(consignment))
        held = _more(parcel, line)
        try:
            with transaction.atomic():
                return ParcelCode.objects.create(parcel=parcel, line=held, code=code, added_at=at)
        except IntegrityError:  # the constraint lets a package lie in one parcel only
            name = grouped(code.serial)
            raise NotPacked(_("%(code)s was put into another parcel meanwhile.") % {"code": name}) from None


def add_without_code(*, parcel: Parcel, line: ConsignmentLine, quantity: int) -> ParcelLine:
    """Put `quantity` packages of a line into `parcel` without scanning them.

    Raises:
        NotPacked: more than are still to be packed, or none.
    """
    with transaction.atomic():
        consignment = _hold(parcel.consignment)
        _still_open(parcel)
        left = next((one.left for one in owed(consignment) if one.line.pk == line.pk), 0)
        if quantity < 1 or quantity > left:
            raise NotPacked(
                _("Only %(left)d of it are still to be packed.") % {"left": max(left, 0)}
                if left > 0
                else _("All of it is packed.")
            )
        return _more(parcel, line, quantity)


def take_out_code(*, parcel: Parcel, code: Code) -> None:
    """Take a package out of a parcel that is still being packed.

    Raises:
        NotPacked: it is not in it, or the parcel has left.
    """
    with transaction.atomic():
        _hold(parcel.consignment)
        _still_open(parcel)
        found = parcel.codes.filter(code=code).select_related("line").first()
        if found is None:
            raise NotPacked(_("This package is not in the parcel."))
        found.delete()
        _less(found.line, 1)


def take_out_uncoded(*, parcel: Parcel, line: ConsignmentLine) -> None:
    """Take what was put in without a code out again.

    Raises:
        NotPacked: there is none, or the parcel has left.
    """
    with transaction.atomic():
        _hold(parcel.consignment)
        _still_open(parcel)
        held = parcel.lines.filter(owed=line).first()
        loose = held.quantity - held.codes.count() if held else 0
        if held is None or loose < 1:
            raise NotPacked(_("There is nothing without a code in the parcel."))
        _less(held, loose)


def give_up_parcel(*, parcel: Parcel) -> None:
    """Unpack a parcel that has not left: its packages and codes are free again.

    Raises:
        NotPacked: it has left.
    """
    with transaction.atomic():
        _hold(parcel.consignment)
        _still_open(parcel)
        parcel.delete()


def _hold(consignment: Consignment) -> Consignment:
    """Return the consignment locked: two who pack for one order go one by one.

    Raises:
        NotPacked: nothing may be packed for it.
    """
    held = Consignment.objects.select_for_update(of=("self",)).select_related("order").get(pk=consignment.pk)
    if held.state not in OPEN:
        raise NotPacked(
            _("The order was cancelled. Leave the packages on the shelf.")
            if held.state == Consignment.State.STOPPED
            else _("Everything of this order has left or was cancelled.")
        )
    return held


def _still_open(parcel: Parcel) -> None:
    if not Parcel.objects.filter(pk=parcel.pk, state=Parcel.State.PACKING).exists():
        raise NotPacked(_("This parcel has left, or somebody unpacked it."))


def _more(parcel: Parcel, line: ConsignmentLine, quantity: int = 1) -> ParcelLine:
    held = parcel.lines.filter(owed=line).first()
    if held is None:
        return ParcelLine.objects.create(parcel=parcel, owed=line, quantity=quantity)
    ParcelLine.objects.filter(pk=held.pk).update(quantity=F("quantity") + quantity)
    return held


def _less(held: ParcelLine, quantity: int) -> None:
    if held.quantity <= quantity:
        held.delete()
    else:
        ParcelLine.objects.filter(pk=held.pk).update(quantity=F("quantity") - quantity)
