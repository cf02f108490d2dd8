"""The code sent to a phone: kept as keyed hashes, neither the number nor the code can be read from it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PhoneCode(models.Model):
    """One code sent to one number for one purpose."""

    number_mark = models.CharField(_("mark of the number"), max_length=64)
    purpose = models.CharField(_("purpose"), max_length=64)
    code_mark = models.CharField(_("mark of the code"), max_length=64)
    minute = models.PositiveBigIntegerField(_("minute"), help_text=_("Since 1970. One code a minute."))
    sent_at = models.DateTimeField(_("sent at"))
    expires_at = models.DateTimeField(_("good until"))
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)

    class Meta:
        verbose_name = _("phone code")
        verbose_name_plural = _("phone codes")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["number_mark", "minute"], name="phone_code_once_a_minute")
        ]
        indexes = [models.Index(fields=["number_mark", "-sent_at"], name="phone_code_newest")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.sent_at:%Y-%m-%d %H:%M}"
