"""From when on the readings of single moments are still there."""

from django.db import models


class ReadingsHorizon(models.Model):
    """The beginning of the oldest hour of a device whose readings were not pruned.

    What arrives late for an hour before it is added to the hour instead of computing the hour anew: the
    readings it was computed from are gone. Written by `retention` in the transaction that deletes.
    """

    device = models.OneToOneField(
        "telemetry.Device", models.CASCADE, primary_key=True, related_name="horizon"
    )
    kept_from = models.DateTimeField()

    class Meta:
        default_permissions = []

    def __str__(self) -> str:
        return f"{self.device_id} {self.kept_from:%Y-%m-%d %H:00}"
