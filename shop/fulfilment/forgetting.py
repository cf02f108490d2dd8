"""What parcels tell about a person: for the data export and for deletion."""

from typing import Any

from accounts.models import User
from shop.fulfilment.models import Parcel
from shop.tracking.models import TrackingEvent, TrackingMessage


def export(user: User) -> dict[str, Any]:
    """Return the parcels of this person with their way."""
    parcels = Parcel.objects.filter(consignment__order__user=user, sent_at__isnull=False)
    return {
        "parcels": [
            {
                "number": parcel.number,
                "carrier": parcel.carrier,
                "waybill": parcel.waybill,
                "sent_at": parcel.sent_at,
                "delivered_at": parcel.delivered_at,
                "taken_by": parcel.handed_to,
                "steps": list(parcel.events.values("at", "state", "text", "place")),
            }
            for parcel in parcels.prefetch_related("events")
        ]
    }


def forget(user: User) -> None:
    """Take who signed, the photos and the words of carriers off the parcels; and the person off stations.

    That a parcel left, when and with which codes stays with the order: a recall must find it.
    """
    parcels = Parcel.objects.filter(consignment__order__user=user)
    steps = TrackingEvent.objects.filter(parcel__in=parcels)
    for step in steps.exclude(proof=""):
        step.proof.delete(save=False)
    steps.update(proof="", text="", place="")
    TrackingMessage.objects.filter(parcel__in=parcels).delete()
    parcels.update(handed_to="")
    user.stations.clear()
