"""A note somebody makes for themselves while they learn."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Note(models.Model):
    """Words of one trainee at one moment of a lesson. Nobody else reads them, no teacher either."""

    LONGEST = 2000

    enrolment = models.ForeignKey(
        "training.Enrolment", models.CASCADE, related_name="notes", verbose_name=_("enrolment")
    )
    lesson = models.ForeignKey(
        "training.LessonPage", models.CASCADE, related_name="+", verbose_name=_("lesson")
    )
    second = models.PositiveIntegerField(
        _("second of the film"), null=True, blank=True, help_text=_("Empty: about the whole lesson.")
    )
    text = models.TextField(pgettext_lazy("note", "text"), max_length=LONGEST)
    written_at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = pgettext_lazy("of a trainee", "note")
        verbose_name_plural = pgettext_lazy("of a trainee", "notes")
        ordering = ["lesson", "second", "pk"]

    def __str__(self) -> str:
        return self.text[:40]
