"""What kind of thing a post is."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What a post is read, turned or watched as."""

    ARTICLE = "article", pgettext_lazy("post", "article")
    GALLERY = "gallery", _("picture story")
    VIDEO = "video", pgettext_lazy("post", "video")


# the block that opens a post of this kind, where it has one
LEAD_BLOCK = {Kind.GALLERY: "gallery", Kind.VIDEO: "video"}
