"""The token: what a member's program shows to be let in."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """What a token may be used for."""

    BATCHES = "batches", _("open batches and change their dates and quantities")
    EVENTS = "events", _("record events and correct them")
    CODES = "codes", _("list serials and activate codes")
    EPCIS = "epcis", _("read and hand in EPCIS events with serials")


class ApiToken(models.Model):
    """A key of a member's program. Only its hash is kept; the token itself was shown once."""

    member = models.ForeignKey(
        "brand.Member", models.PROTECT, related_name="api_tokens", verbose_name=_("member")
    )
    name = models.CharField(
        _("name"), max_length=60, help_text=_("Which program uses it: the ERP of the packing house.")
    )
    hint = models.CharField(_("begins with"), max_length=12, editable=False)
    hash = models.CharField(max_length=64, editable=False)
    scopes = models.JSONField(_("may"), default=list)
    created_at = models.DateTimeField(_("made at"), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("made by"),
    )
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True, editable=False)
    last_used_on = models.DateField(_("last used on"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["hash"], name="api_token_hash_unique"),
            models.CheckConstraint(condition=~Q(hash=""), name="api_token_has_a_hash"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.hint}…)"

    @property
    def is_revoked(self) -> bool:
        """Whether it stopped working."""
        return self.revoked_at is not None

    def allows(self, scope: str) -> bool:
        """Tell whether it may be used for that."""
        return not self.is_revoked and scope in self.scopes
