"""The upload: a video on its way, part by part, taken up again where it broke off (tus 1.0)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from training.videos.video import new_key


class VideoUpload(models.Model):
    """A file that has not arrived in full. Whoever began it may go on; after some days it is forgotten."""

    key = models.CharField(max_length=24, unique=True, default=new_key, editable=False)
    region = models.ForeignKey("brand.Region", models.CASCADE, related_name="+", verbose_name=_("county"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    title = models.CharField(_("title"), max_length=80)
    is_private = models.BooleanField(_("only for who takes part"), default=True)
    length = models.PositiveBigIntegerField(pgettext_lazy("of a file", "bytes"))
    arrived = models.PositiveBigIntegerField(_("bytes that arrived"), default=0)
    begun_at = models.DateTimeField(_("begun"))
    touched_at = models.DateTimeField(_("last part"))

    class Meta:
        ordering = ["-begun_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(arrived__lte=F("length")), name="upload_no_longer_than_announced"
            )
        ]

    def __str__(self) -> str:
        return self.title
