"""Words that do not belong into a post, and what became of the addresses that posts lead to."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MinLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from news.checks.folding import folded

LOOKED_AT_EVERY = timedelta(days=7)
LONGEST_ADDRESS = 500


class SensitiveWord(models.Model):
    """A word that is stopped, or about which the writer is asked."""

    class Kind(models.TextChoices):
        """What happens to a post that says it."""

        BLOCK = "block", pgettext_lazy("sensitive word", "stops the post")
        WARN = "warn", pgettext_lazy("sensitive word", "asks to look again")

    word = models.CharField(
        _("word"),
        max_length=40,
        unique=True,
        validators=[MinLengthValidator(1)],
        help_text=_("Found whatever its width, case and the spaces in it."),
    )
    kind = models.CharField(
        pgettext_lazy("sensitive word", "what happens"), max_length=5, choices=Kind, default=Kind.WARN
    )
    reason = models.CharField(
        _("why"), max_length=200, help_text=_("The law and its article, or who asks for it.")
    )
    suggestion = models.CharField(_("say instead"), max_length=100, blank=True)
    allowed_in = models.TextField(
        _("all right in"),
        blank=True,
        max_length=1000,
        help_text=_("Words that contain it and mean something else, one on a line."),
    )

    class Meta:
        verbose_name = _("sensitive word")
        verbose_name_plural = _("sensitive words")
        ordering = ["kind", "word"]

    def __str__(self) -> str:
        return self.word

    def clean(self) -> None:
        """Refuse a word of which nothing is left to look for, and exceptions that do not contain it."""
        super().clean()
        if not folded(self.word):
            raise ValidationError({"word": _("A word has letters or digits.")})
        strangers = [text for text in self.exceptions if folded(self.word) not in folded(text)]
        if strangers:
            raise ValidationError(
                {"allowed_in": _("%(text)s does not contain the word.") % {"text": strangers[0]}}
            )

    @property
    def exceptions(self) -> list[str]:
        """The words that contain it and mean something else."""
        return [line.strip() for line in self.allowed_in.splitlines() if line.strip()]


class OutsideLink(models.Model):
    """An address outside this site that posts lead to, and what was found there the last time."""

    class Trouble(models.TextChoices):
        """What is wrong with it."""

        GONE = "gone", _("the page is gone")
        REFUSED = "refused", _("the other site does not show it to us")
        FAILING = "failing", _("the other site has an error")
        SILENT = "silent", _("nobody answers")
        UNSAFE = "unsafe", _("the address leads into a private network")

    url = models.URLField(_("address"), max_length=LONGEST_ADDRESS, unique=True)
    trouble = models.CharField(_("trouble"), max_length=8, choices=Trouble, blank=True)
    status = models.PositiveSmallIntegerField(pgettext_lazy("outside link", "answer"), null=True, blank=True)
    failures = models.PositiveSmallIntegerField(_("failed in a row"), default=0)
    checked_at = models.DateTimeField(_("looked at"), null=True, blank=True)
    due_at = models.DateTimeField(_("looked at next"))
    posts = models.ManyToManyField("news.NewsPage", related_name="outside_links", verbose_name=_("posts"))

    class Meta:
        verbose_name = _("outside link")
        verbose_name_plural = _("outside links")
        ordering = ["-failures", "url"]
        indexes = [models.Index(fields=["due_at"], name="news_outside_link_due")]

    def __str__(self) -> str:
        return self.url
