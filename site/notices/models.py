"""The record of what was sent to whom."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Notice(models.Model):
    """One message to one person by one channel, and what became of it."""

    class Channel(models.TextChoices):
        """How it travels."""

        EMAIL = "email", _("e-mail")
        SMS = "sms", _("SMS")
        SITE = "site", _("on this site")

    class State(models.TextChoices):
        """Whether the gateway took it."""

        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")

    kind = models.SlugField(_("kind"), max_length=48)
    channel = models.CharField(_("channel"), max_length=8, choices=Channel)
    address = models.CharField(_("address"), max_length=254)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="notices",
        verbose_name=_("user"),
    )
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    text = models.TextField(_("text"), blank=True, help_text=_("Empty where it held a secret code."))
    url = models.CharField(_("leads to"), max_length=200, blank=True)
    key = models.CharField(
        _("key"),
        max_length=120,
        unique=True,
        null=True,
        blank=True,
        help_text=_("The same key is never sent twice."),
    )
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.SENDING)
    error = models.TextField(_("what went wrong"), blank=True)
    created_at = models.DateTimeField(_("made at"))
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "created_at"], name="notice_state_created"),
            models.Index(
                fields=["user", "read_at", "-created_at"],
                name="notice_on_site",
                condition=models.Q(channel="site"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.address}"
