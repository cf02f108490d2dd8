"""The certificate of a course."""

from typing import Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CertificateQuerySet(models.QuerySet):
    """Certificates by what they say today."""

    def valid(self) -> Self:
        """Return those that hold."""
        return self.filter(state=Certificate.State.VALID)


class Certificate(models.Model):
    """That a trainee completed a course. Its words are frozen; a corrected one is a new one in its place.

    `words`: {"name", "course", "kind", "minutes", "learnt_on", "issuer", "county", "teacher"}, plain values;
    days are ISO dates. The name is emptied when the person deletes the account.
    """

    class State(models.TextChoices):
        """Whether it holds."""

        VALID = "valid", pgettext_lazy("certificate", "valid")
        REVOKED = "revoked", pgettext_lazy("certificate", "revoked")
        REPLACED = "replaced", pgettext_lazy("certificate", "replaced")

    number = models.CharField(_("number"), max_length=24, unique=True)
    enrolment = models.ForeignKey(
        "training.Enrolment", models.PROTECT, related_name="certificates", verbose_name=_("enrolment")
    )
    region = models.ForeignKey("brand.Region", models.PROTECT, related_name="+", verbose_name=_("county"))
    words = models.JSONField(_("what it says"), default=dict, editable=False)
    state = models.CharField(
        pgettext_lazy("certificate", "state"), max_length=10, choices=State, default=State.VALID
    )
    issued_at = models.DateTimeField(pgettext_lazy("certificate", "issued"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("issued by"),
        help_text=_("Empty: by the rules of the course, without anybody's hand."),
    )
    ended_at = models.DateTimeField(pgettext_lazy("certificate", "ended"), null=True, blank=True)
    ended_why = models.CharField(_("why it does not hold"), max_length=200, blank=True)
    replaced_by = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaces",
        verbose_name=_("replaced by"),
    )
    badge = models.UUIDField(default=uuid4, unique=True, editable=False)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("training", "certificate")
        verbose_name_plural = pgettext_lazy("training", "certificates")
        ordering = ["-issued_at", "-pk"]
        indexes = [models.Index(fields=["region", "issued_at"], name="certificate_of_county")]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"], condition=Q(state="valid"), name="one_valid_certificate"
            ),
            models.CheckConstraint(
                condition=Q(state="valid", ended_at=None) | (~Q(state="valid") & Q(ended_at__isnull=False)),
                name="ended_certificate_is_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state="revoked") | ~Q(ended_why=""), name="revoked_certificate_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_valid(self) -> bool:
        """Whether it holds."""
        return self.state == self.State.VALID
