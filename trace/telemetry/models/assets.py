"""The asset register (资产登记清单): what is known of every thing that was bought for a base."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable


class Asset(models.Model):
    """A thing with a line in the asset register. Who may not be found in a register is not maintained."""

    asset_number = models.CharField(_("asset number"), max_length=40, blank=True)
    supplier = models.CharField(_("supplier"), max_length=80, blank=True)
    purchased_on = models.DateField(_("bought on"), null=True, blank=True)
    price = models.DecimalField(
        _("price"), max_digits=10, decimal_places=2, null=True, blank=True, help_text=_("In yuan.")
    )
    standard = models.CharField(_("standard it meets"), max_length=60, blank=True)
    warranty_until = models.DateField(_("warranty until"), null=True, blank=True)
    calibrated_on = models.DateField(_("calibrated on"), null=True, blank=True)
    calibration_due = models.DateField(_("calibration due"), null=True, blank=True)
    keeper = models.CharField(_("kept by"), max_length=40, blank=True, help_text=_("Who looks after it."))
    spot = models.CharField(_("stands"), max_length=80, blank=True, help_text=_("Where in the base."))

    class Meta:
        abstract = True


class AssetPhoto(Orderable):
    """A picture of a thing in the asset register: the thing itself, its plate, its papers."""

    image = models.ForeignKey(
        "wagtailimages.Image", models.CASCADE, related_name="+", verbose_name=_("picture")
    )
    caption = models.CharField(_("caption"), max_length=80, blank=True)

    class Meta(Orderable.Meta):
        abstract = True
        verbose_name = _("photo")
        verbose_name_plural = _("photos")

    def __str__(self) -> str:
        return self.caption or str(self.image)


class DevicePhoto(AssetPhoto):
    """A picture of a device."""

    device = ParentalKey("telemetry.Device", on_delete=models.CASCADE, related_name="photos")


class CameraPhoto(AssetPhoto):
    """A picture of a camera."""

    camera = ParentalKey("telemetry.Camera", on_delete=models.CASCADE, related_name="photos")


def calibration_in_order(name: str) -> models.CheckConstraint:
    """Return the constraint that a calibration is due after it was made."""
    return models.CheckConstraint(
        condition=Q(calibration_due=None) | Q(calibrated_on=None) | Q(calibration_due__gt=F("calibrated_on")),
        name=name,
        violation_error_message=_("The next calibration is due after the last one."),
    )
