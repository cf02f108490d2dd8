"""What somebody has against a licence that is about to be given."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from brand.licences.applications.models import LicenceApplication
from brand.private import private_storage


class ObjectionQuerySet(models.QuerySet):
    """Objections by what became of them."""

    def open(self) -> Self:
        """Return those nobody has answered."""
        return self.filter(state=Objection.State.OPEN)


class Objection(models.Model):
    """One objection (异议). Its receipt number is what the objector asks with; nothing of it is public."""

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "open", _("being looked into")
        UPHELD = "upheld", pgettext_lazy("objection", "justified")
        DISMISSED = "dismissed", pgettext_lazy("objection", "not justified")

    application = models.ForeignKey(
        LicenceApplication, models.CASCADE, related_name="objections", verbose_name=_("application")
    )
    receipt = models.CharField(_("receipt number"), max_length=16, unique=True)
    words = models.TextField(_("what speaks against it"), max_length=2000)
    name = models.CharField(_("name"), max_length=40, blank=True)
    contact = models.CharField(_("telephone or e-mail"), max_length=80, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.OPEN)
    answer = models.TextField(_("answer"), blank=True, max_length=2000)
    received_at = models.DateTimeField(_("received"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answered by"),
    )

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        ordering = ["received_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", answered_at=None)
                | (~Q(state="open") & Q(answered_at__isnull=False) & ~Q(answer="")),
                name="objection_closed_has_answer",
            )
        ]

    def __str__(self) -> str:
        return self.receipt


class ObjectionFile(models.Model):
    """A photo or paper that came with an objection; only officers may see it."""

    objection = models.ForeignKey(Objection, models.CASCADE, related_name="files")
    file = models.FileField(_("file"), storage=private_storage, upload_to="licences/objections/%Y/%m/")

    class Meta:
        verbose_name = _("file of an objection")
        verbose_name_plural = _("files of objections")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.objection_id}: {self.pk}"
