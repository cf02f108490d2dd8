"""What posts are about."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Category(models.TextChoices):
    """What a post is about."""

    INDUSTRY = "industry", pgettext_lazy("post", "industry")
    PRODUCT = "product", pgettext_lazy("post", "product")
    AFFAIRS = "affairs", _("current affairs")
    EVENT = "event", pgettext_lazy("post", "event")
    DISCLOSURE = "disclosure", _("policy disclosure")
