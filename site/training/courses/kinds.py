"""What courses are for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a course is for: the five kinds person-times are counted by."""

    BASICS = "basics", _("basics")
    POLICY = "policy", _("policy")
    SKILLS = "skills", _("hands-on skills")
    LIVE = "live", _("video and live selling")
    CROSS_BORDER = "cross_border", _("cross-border trade")
