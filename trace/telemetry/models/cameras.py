"""The camera of a base and the pictures it took."""

from datetime import datetime, timedelta
from typing import Any

from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel

from telemetry.models.assets import Asset, calibration_in_order

HTTP = URLValidator(schemes=["http", "https"])


class Camera(Asset, ClusterableModel):
    """A camera. Its pictures are fetched from its address, or it sends them with its token."""

    base = models.ForeignKey("telemetry.Base", models.PROTECT, related_name="cameras", verbose_name=_("base"))
    camera_id = models.CharField(
        _("camera id"),
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[A-Za-z0-9][A-Za-z0-9_.-]*$")],
        help_text=_("ZJH-C1: its name in addresses."),
    )
    name = models.CharField(_("name"), max_length=60, help_text=_("What it looks at: 三号棚东头."))
    maker = models.CharField(_("maker"), max_length=60, blank=True)
    model_name = models.CharField(_("model"), max_length=60, blank=True)
    is_active = models.BooleanField(
        _("in use"), default=True, help_text=_("A camera that is not in use takes no pictures.")
    )
    is_public = models.BooleanField(
        _("shown to the public"), default=False, help_text=_("Only where no people can be recognised.")
    )
    stream_url = models.CharField(
        _("live picture"),
        max_length=500,
        blank=True,
        validators=[HTTP],
        help_text=_("A page or an HLS address (.m3u8) that visitors may open."),
    )
    snapshot_url = models.CharField(
        _("address of the picture"),
        max_length=500,
        blank=True,
        validators=[HTTP],
        help_text=_("Fetched from here. Empty: the camera sends its pictures with its token."),
    )
    snapshot_minutes = models.PositiveSmallIntegerField(_("minutes between pictures"), default=10)
    stale_after = models.PositiveSmallIntegerField(
        _("called stale after minutes"), default=60, help_text=_("Longer than between two pictures.")
    )
    token_hash = models.CharField(max_length=200, blank=True, editable=False)
    latest = models.OneToOneField(
        "telemetry.Snapshot", models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    asked_at = models.DateTimeField(_("asked last"), null=True, blank=True, editable=False)
    trouble = models.CharField(_("what went wrong"), max_length=300, blank=True, editable=False)

    class Meta:
        verbose_name = _("camera")
        verbose_name_plural = _("cameras")
        ordering = ["camera_id"]
        constraints = [
            calibration_in_order("camera_calibration_in_order"),
            models.CheckConstraint(
                condition=models.Q(snapshot_minutes__gte=1, stale_after__gte=1),
                name="camera_minutes_positive",
            ),
        ]

    def __str__(self) -> str:
        return self.camera_id

    def is_stale(self, *, at: datetime) -> bool:
        """Tell whether its newest picture is older than it should be. Needs `latest`."""
        if self.latest is None:
            return True
        return self.latest.taken_at < at - timedelta(minutes=self.stale_after)


def snapshot_path(snapshot: "Snapshot", name: str) -> str:
    """Return where a picture is kept: a name nobody can guess, by camera."""
    from secrets import token_hex

    return f"cameras/{snapshot.camera.camera_id}/{token_hex(16)}.jpg"


class Snapshot(models.Model):
    """One picture of a camera, checked and written anew. Kept for a week, the newest for ever."""

    class Source(models.TextChoices):
        """How it came."""

        FETCHED = "fetched", _("fetched")
        PUSHED = "pushed", _("sent by the camera")
        DESK = "desk", _("put in by hand")

    camera = models.ForeignKey(
        Camera, models.CASCADE, related_name="snapshots", verbose_name=_("camera"), db_index=False
    )
    taken_at = models.DateTimeField(_("taken"))
    file = models.ImageField(
        _("picture"), upload_to=snapshot_path, width_field="width", height_field="height"
    )
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    source = models.CharField(_("source"), max_length=8, choices=Source)

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        ordering = ["-taken_at"]
        default_permissions = ["view"]
        indexes = [models.Index(fields=["camera", "-taken_at"], name="snapshot_camera_taken")]

    def __str__(self) -> str:
        return f"{self.camera_id} {self.taken_at:%Y-%m-%d %H:%M}"

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the row and its file."""
        self.file.delete(save=False)
        return super().delete(*args, **kwargs)
