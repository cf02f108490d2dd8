"""Which parcels hold packages of batches that are being recalled: what the trace operator asks the shop."""

from collections import defaultdict
from collections.abc import Collection, Iterator

from django.urls import reverse

from record.recall.parcels import Parcel as RecallParcel
from shop.fulfilment.models import ParcelCode


def parcels_with(batches: Collection[int]) -> Iterator[RecallParcel]:
    """Yield the parcels with packages of `batches`, each with the serials in it. One query."""
    found = (
        ParcelCode.objects.filter(code__batch__in=batches, came_back_at=None)
        .select_related("parcel__consignment__order__shipping_address", "code")
        .order_by("parcel_id", "code__batch_id", "pk")
    )
    grouped: dict[tuple[int, int | None], list[ParcelCode]] = defaultdict(list)
    for row in found.iterator(2_000):
        grouped[row.parcel_id, row.code.batch_id].append(row)
    for (_pk, batch), rows in grouped.items():
        if batch is not None:
            yield _parcel(rows, batch)


def _parcel(rows: list[ParcelCode], batch: int) -> RecallParcel:
    parcel = rows[0].parcel
    order = parcel.consignment.order
    address = order.shipping_address
    return RecallParcel(
        number=parcel.waybill or parcel.number,
        batch=batch,
        recipient=address.name if address else "",
        contact=order.phone,
        serials=tuple(row.code.serial for row in rows),
        url=reverse("shop-desk:consignment", args=[parcel.consignment.number]),
    )
