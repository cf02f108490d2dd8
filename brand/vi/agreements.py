"""The agreement: what members promise before engineering files are handed to them, by version."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class VIAgreementQuerySet(models.QuerySet):
    """Agreements by whether they bind anybody."""

    def published(self) -> "VIAgreementQuerySet":
        """Return the versions that were put to members, newest first."""
        return self.filter(published_at__isnull=False).order_by("-number")


class VIAgreement(models.Model):
    """One version of a county's terms of use for VI files. A published one never changes."""

    region = models.ForeignKey(
        "brand.Region", models.PROTECT, related_name="vi_agreements", verbose_name=_("county")
    )
    number = models.PositiveSmallIntegerField(_("version"), editable=False)
    title = models.CharField(_("title"), max_length=80)
    text = models.TextField(
        _("text"), help_text=_("Plain text. An empty line begins a new paragraph; “1.” at its start counts.")
    )
    changes = models.TextField(
        _("what changed"), blank=True, help_text=_("Members read this first when they are asked again.")
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)

    objects = VIAgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("VI agreement")
        verbose_name_plural = _("VI agreements")
        ordering = ["region", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["region", "number"], name="vi_agreement_number_once"),
            # the next one is written when the last one is out
            models.UniqueConstraint(
                fields=["region"], condition=Q(published_at=None), name="vi_agreement_one_draft"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} · {self.number}"


class VIAcceptance(models.Model):
    """One person accepted one version for one member. Kept without the person when the account is deleted."""

    agreement = models.ForeignKey(
        VIAgreement, models.PROTECT, related_name="acceptances", verbose_name=_("VI agreement")
    )
    member = models.ForeignKey(
        "brand.Member", models.PROTECT, related_name="vi_acceptances", verbose_name=_("member")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("person"),
    )
    at = models.DateTimeField(_("accepted"))

    class Meta:
        verbose_name = _("acceptance of the VI agreement")
        verbose_name_plural = _("acceptances of the VI agreement")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "member", "user"], name="vi_acceptance_once_per_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.member} · {self.agreement_id}"
