"""The call: something written through the API under a key that makes writing it again harmless."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ApiCall(models.Model):
    """A write that had its effect, with the answer it got (draft-ietf-httpapi-idempotency-key-header).

    Written in the transaction of the effect, so there is one if and only if there is the other. `digest`
    is that of method, path and body.
    """

    token = models.ForeignKey("api.ApiToken", models.CASCADE, related_name="calls", db_index=False)
    key = models.CharField(_("idempotency key"), max_length=80)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(pgettext_lazy("HTTP", "status"), default=0)
    answer = models.TextField(_("answer"), blank=True)
    created_at = models.DateTimeField(_("at"), db_index=True)

    class Meta:
        verbose_name = _("API call")
        verbose_name_plural = _("API calls")
        default_permissions = ["view"]
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="api_call_once")]

    def __str__(self) -> str:
        return self.key
