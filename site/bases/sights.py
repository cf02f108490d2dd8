"""What can be seen of a base: the newest pictures of its public cameras. Films are `record.clips`."""

from dataclasses import dataclass
from datetime import datetime

from telemetry.models import Base, Camera, Snapshot


@dataclass(frozen=True, slots=True)
class Sight:
    """A camera with its newest picture; one that is too old says so."""

    camera: Camera
    snapshot: Snapshot | None
    is_stale: bool


def sights(base: Base, *, now: datetime) -> list[Sight]:
    """Return what the public cameras of a base see. One query."""
    cameras = Camera.objects.filter(base=base, is_active=True, is_public=True).select_related("latest")
    return [Sight(camera, camera.latest, camera.is_stale(at=now)) for camera in cameras]
