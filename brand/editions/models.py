"""The edition of a text that applies: since when, what changed, the file."""

from secrets import token_hex
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Orderable

from lib.documents import NotADocument, read_pdf


def edition_path(edition: "Edition", name: str) -> str:
    """Return where a file is kept: readable in a folder of downloads, and never that of another edition."""
    return f"editions/{edition.of.slug}-{token_hex(4)}.pdf"


class Edition(Orderable):
    """One edition of a rule or a standard. The newest begun one that was not withdrawn is in force."""

    label = models.CharField(
        _("edition"), max_length=24, help_text=_("As it stands on the title page: 2026, or second edition.")
    )
    in_force_from = models.DateField(_("in force from"))
    withdrawn_on = models.DateField(
        _("withdrawn on"),
        null=True,
        blank=True,
        help_text=_("Only where nothing followed it. A newer edition ends the older one by itself."),
    )
    changes = models.TextField(
        _("what changed"),
        max_length=600,
        blank=True,
        help_text=_("For people who know the edition before: one line for each change."),
    )
    file = models.FileField(
        pgettext_lazy("edition", "PDF"), upload_to=edition_path, blank=True, help_text=_("At most 15 MB.")
    )
    size = models.PositiveIntegerField(_("size in bytes"), default=0, editable=False)

    class Meta(Orderable.Meta):
        abstract = True
        ordering = ["-in_force_from", "-pk"]
        constraints: list[models.BaseConstraint] = [
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | Q(withdrawn_on__gt=F("in_force_from")),
                name="%(class)s_withdrawn_after_it_began",
                violation_error_message=_("It was withdrawn before it came into force."),
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def of(self) -> Any:
        """The rule or standard it is an edition of."""
        raise NotImplementedError

    def clean(self) -> None:
        """Look into a new file: what everybody downloads is a PDF, whole, and of a size a phone can take.

        Raises:
            ValidationError: saying what is wrong with it.
        """
        super().clean()
        if not self.file or self.file._committed:  # type: ignore[attr-defined]  # Django's word for a new one
            return
        try:
            self.size = read_pdf(self.file).size
        except NotADocument as error:
            raise ValidationError({"file": str(error.reason)}) from error
        self.file.seek(0)
