"""A letter somebody wrote, and what was sent along."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from brand.private import private_storage


class LetterKind(models.TextChoices):
    """What a letter is."""

    OPINION = "opinion", pgettext_lazy("letter", "opinion on a disclosure")
    SUGGESTION = "suggestion", pgettext_lazy("letter", "suggestion")
    QUESTION = "question", pgettext_lazy("letter", "question")
    REPORT = "report", pgettext_lazy("letter", "report of something wrong")


class LetterState(models.TextChoices):
    """How far it is."""

    RECEIVED = "received", pgettext_lazy("letter", "received")
    IN_HAND = "in_hand", pgettext_lazy("letter", "being looked into")
    ANSWERED = "answered", pgettext_lazy("letter", "answered")


class Letter(models.Model):
    """One letter. Its writer reads state and answer under the receipt, where its words are not shown."""

    receipt = models.CharField(_("receipt number"), max_length=11, unique=True)
    region = models.ForeignKey(
        "brand.Region", models.PROTECT, related_name="letters", verbose_name=_("county")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=LetterKind)
    about = models.ForeignKey(
        "openness.DisclosurePage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="letters",
        verbose_name=_("about"),
    )
    words = models.TextField(_("in words"), max_length=2000)
    name = models.CharField(_("name"), max_length=40, blank=True)
    contact = models.CharField(_("contact"), max_length=80, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=LetterState, default=LetterState.RECEIVED)
    received_at = models.DateTimeField(_("received at"))
    due_on = models.DateField(_("answer until"))
    answer = models.TextField(pgettext_lazy("letter", "answer"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-received_at", "-pk"]
        indexes = [
            models.Index(fields=["region", "state", "due_on"], name="letter_waiting"),
            models.Index(fields=["region", "-received_at"], name="letter_newest_first"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=LetterKind.values), name="letter_kind_known"),
            models.CheckConstraint(condition=Q(state__in=LetterState.values), name="letter_state_known"),
            models.CheckConstraint(condition=~Q(words=""), name="letter_says_something"),
            models.CheckConstraint(
                condition=Q(state="answered", answered_at__isnull=False) & ~Q(answer="")
                | ~Q(state="answered") & Q(answered_at=None, answer=""),
                name="letter_answered_in_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.receipt}"

    def is_overdue(self, *, on: date) -> bool:
        """Tell whether it waits longer than was promised."""
        return self.state != LetterState.ANSWERED and on > self.due_on


class LetterFile(models.Model):
    """A photo or paper that came with a letter, in private storage."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="files")
    file = models.FileField(storage=private_storage, upload_to="letters/%Y/%m/")

    class Meta:
        verbose_name = _("file of a letter")
        verbose_name_plural = _("files of letters")
        ordering = ["pk"]

    def __str__(self) -> str:
        return (self.file.name or "").rpartition("/")[2]
