"""The bar: the office closes the talent pool to a member who misused it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EmployerBar(models.Model):
    """A member who may not look for people here, with the reason they are told. Lifted by deleting it."""

    member = models.OneToOneField(
        "brand.Member", models.CASCADE, related_name="talent_bar", verbose_name=_("member")
    )
    why = models.CharField(pgettext_lazy("bar", "why"), max_length=200, help_text=_("The member reads it."))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("by"),
    )
    at = models.DateTimeField(pgettext_lazy("bar", "since"))

    class Meta:
        verbose_name = _("member kept out of the talent pool")
        verbose_name_plural = _("members kept out of the talent pool")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return str(self.member)
