"""How a station that speaks HJ 212 names itself."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class Hj212Station(models.Model):
    """The number and password a device sends in every HJ 212 frame (MN and PW, HJ 212-2017 §6.3).

    The standard gives the password six characters, too few for the one a device has at the broker, so it
    is a password of its own. A device without such a row names itself by its id and uses that other one.
    """

    device = models.OneToOneField(
        "telemetry.Device", models.CASCADE, related_name="hj212", verbose_name=_("device")
    )
    mn = models.CharField(
        _("station number MN"),
        max_length=24,
        unique=True,
        validators=[RegexValidator(r"\A[0-9A-Za-z]{1,24}\Z", _("Up to 24 letters and digits."))],
        help_text=_("As set in the data logger: up to 24 letters and digits."),
    )
    password_hash = models.CharField(_("password hash"), max_length=200, blank=True, editable=False)

    class Meta:
        verbose_name = _("HJ 212 station")
        verbose_name_plural = _("HJ 212 stations")
        ordering = ["mn"]

    def __str__(self) -> str:
        return self.mn
