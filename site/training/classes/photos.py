"""Photos of a class: proof that it took place, and a few for everybody."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from brand.private import private_storage


class ClassPhoto(models.Model):
    """A photo of a class, without what the camera wrote into it. It shows people: only some are for all."""

    training_class = models.ForeignKey(
        "training.TrainingClass",
        models.CASCADE,
        related_name="photos",
        verbose_name=pgettext_lazy("training", "class"),
    )
    file = models.FileField(_("photo"), storage=private_storage, upload_to="classes/%Y/%m", max_length=200)
    caption = models.CharField(_("what it shows"), max_length=120, blank=True)
    is_public = models.BooleanField(
        _("shown on the site"), default=False, help_text=_("Only where everybody in it agrees.")
    )
    digest = models.CharField(max_length=64, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField(_("added"))

    class Meta:
        verbose_name = _("photo of a class")
        verbose_name_plural = _("photos of classes")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["training_class", "digest"], name="class_photo_once")]

    def __str__(self) -> str:
        return self.caption or str(self.pk)

    def get_absolute_url(self) -> str:
        """Return the address of the picture; who may see it is asked there."""
        return reverse("training:class-photo", args=[self.pk])
