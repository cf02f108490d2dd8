"""SMS enquiries: what was asked and answered, without the number of the phone."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SmsEnquiry(models.Model):
    """One text message somebody sent to ask about a code; `sender` is a keyed hash of the number (PIPL)."""

    gateway = models.CharField(_("gateway"), max_length=16)
    message_id = models.CharField(_("number of the message"), max_length=80)
    sender = models.CharField(_("sender's mark"), max_length=32)
    text = models.CharField(_("text"), max_length=200, blank=True)
    serial = models.CharField(_("serial"), max_length=16, blank=True)
    verdict = models.CharField(_("verdict"), max_length=12, blank=True)
    answer = models.CharField(_("answer"), max_length=70, blank=True)
    received_at = models.DateTimeField(_("received at"))

    class Meta:
        verbose_name = _("SMS enquiry")
        verbose_name_plural = _("SMS enquiries")
        ordering = ["-received_at", "-id"]
        constraints = [
            # a message told twice is answered once: this is the guard against replays
            models.UniqueConstraint(fields=["gateway", "message_id"], name="sms_message_once")
        ]
        indexes = [models.Index(fields=["sender", "received_at"], name="sms_by_sender_and_time")]

    def __str__(self) -> str:
        return f"{self.gateway} {self.message_id}"
