"""What courses are for, and what their lessons are made of."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What a course is for: the five kinds person-times are counted by."""

    BASICS = "basics", _("basics")
    POLICY = "policy", _("policy")
    SKILLS = "skills", _("hands-on skills")
    LIVE = "live", _("video and live selling")
    CROSS_BORDER = "cross_border", _("cross-border trade")


class LessonKind(models.TextChoices):
    """What a lesson is made of, and by which template below `training/lessons/` it is shown."""

    VIDEO = "video", pgettext_lazy("lesson", "video")
    TEXT = "text", pgettext_lazy("lesson", "text")
    SLIDES = "slides", pgettext_lazy("lesson", "slides")
    ATTACHMENT = "attachment", pgettext_lazy("lesson", "file")
    QUIZ = "quiz", pgettext_lazy("lesson", "quiz")
