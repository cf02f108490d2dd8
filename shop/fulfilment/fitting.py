"""Whether a scanned package belongs into a parcel, and where."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from record.codes.serials import InvalidSerial, grouped
from record.entry import BadLink, read_entry
from record.models import Code
from shop.fulfilment.models import ConsignmentLine, Parcel, ParcelCode
from shop.fulfilment.owing import Owed, product_of
from shop.fulfilment.refusals import NotPacked


def code_meant(text: str) -> Code:
    """Return the code that was scanned or typed. One query.

    Raises:
        NotPacked: it names no package, or one nobody knows.
    """
    try:
        serial = read_entry(text).serial
    except InvalidSerial as error:
        raise NotPacked(_wrong_letters(error)) from error
    except BadLink as error:
        raise NotPacked(_("That is not the code of a package.")) from error
    if not serial:
        raise NotPacked(
            _("That is the code of a product, a carton or a paper. Scan the label of one package.")
        )
    found = Code.objects.select_related("batch", "product").filter(serial=serial).first()
    if found is None:
        raise NotPacked(_("We never issued the code %(code)s.") % {"code": grouped(serial)})
    return found


def reason_against(code: Code, parcel: Parcel) -> str:
    """Return why a package may not go into any parcel now, "" where it may. One query."""
    name = {"code": grouped(code.serial)}
    if code.state == Code.State.VOIDED:
        return _("%(code)s is void: %(why)s. Take another package.") % {**name, "why": code.void_reason}
    if code.batch is not None and code.batch.is_recalled:
        lot = {**name, "lot": code.batch.lot}
        return _("%(code)s is of batch %(lot)s, which is being recalled. It must not leave.") % lot
    if code.state == Code.State.SOLD:
        return _("%(code)s was sold already. Take another package.") % name
    if code.state != Code.State.ACTIVATED:
        return _("%(code)s is not activated yet. Activate its batch, or take another package.") % name
    if code.suspected_at is not None:
        return _("%(code)s is suspected of having copies. Put it aside for the trace operator.") % name
    return _elsewhere(code, parcel)


def room_for(code: Code, lines: Sequence[Owed]) -> ConsignmentLine:
    """Return the line that the package fills.

    Raises:
        NotPacked: nobody ordered that product here, or enough of it lies in parcels.
    """
    same = [line for line in lines if (product := product_of(line.line)) and product.pk == code.product_id]
    if not same:
        wanted = ", ".join(dict.fromkeys(line.line.line.title for line in lines if line.left > 0))
        text = _("This is %(product)s. Still to be packed: %(wanted)s.")
        return _refuse(text % {"product": code.product.name, "wanted": wanted or _("nothing")})
    for line in same:
        if line.left > 0:
            return line.line
    return _refuse(
        _("%(product)s is complete. This package is one too many.") % {"product": code.product.name}
    )


def _refuse(text: str) -> ConsignmentLine:
    raise NotPacked(text)


def _elsewhere(code: Code, parcel: Parcel) -> str:
    lies = ParcelCode.objects.filter(code=code, came_back_at=None).select_related("parcel").first()
    if lies is None:
        return ""
    if lies.parcel_id == parcel.pk:
        return _("%(code)s is in this parcel already.") % {"code": grouped(code.serial)}
    facts = {"code": grouped(code.serial), "parcel": lies.parcel.number}
    return _("%(code)s lies in parcel %(parcel)s already.") % facts


def _wrong_letters(error: InvalidSerial) -> str:
    if error.problem == "length":
        return _("A code has 16 characters, this has %(number)s.") % {"number": error.found}
    return _("These never stand in a code: %(letters)s") % {"letters": error.found}
