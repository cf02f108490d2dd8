"""Papers of a filing: scans of what the trademark office sent. Nobody outside the back office sees them."""

from pathlib import PurePath
from secrets import token_hex

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from brand.private import private_storage
from brand.trademarks.filings import Filing
from lib.documents import NotADocument, read_document


def paper_path(paper: "FilingPaper", name: str) -> str:
    """Return where a scan is kept."""
    return f"trademarks/{token_hex(16)}{PurePath(name).suffix.lower()}"


class FilingPaper(Orderable):
    """One paper."""

    class Kind(models.TextChoices):
        """What it is."""

        APPLICATION = "application", pgettext_lazy("trademark paper", "application")
        RECEIPT = "receipt", pgettext_lazy("trademark paper", "notice of acceptance")
        PUBLICATION = "publication", pgettext_lazy("trademark paper", "publication")
        OPPOSITION = "opposition", pgettext_lazy("trademark paper", "opposition and answer")
        REFUSAL = "refusal", pgettext_lazy("trademark paper", "refusal")
        CERTIFICATE = "certificate", pgettext_lazy("trademark paper", "certificate of registration")
        RENEWAL = "renewal", pgettext_lazy("trademark paper", "proof of renewal")
        OTHER = "other", pgettext_lazy("trademark paper", "other")

    filing = ParentalKey(Filing, on_delete=models.CASCADE, related_name="papers", verbose_name=_("filing"))
    kind = models.CharField(_("what it is"), max_length=12, choices=Kind, default=Kind.CERTIFICATE)
    dated_on = models.DateField(_("dated"), null=True, blank=True)
    file = models.FileField(
        _("PDF or photo"), upload_to=paper_path, storage=private_storage, help_text=_("At most 15 MB.")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("paper")
        verbose_name_plural = _("papers")

    def __str__(self) -> str:
        return self.get_kind_display()

    def clean(self) -> None:
        """Look into a new file; a photo is kept without what the camera adds.

        Raises:
            ValidationError: it is neither a PDF nor a picture.
        """
        super().clean()
        if self.file and not self.file._committed:  # type: ignore[attr-defined]  # Django's word for a new one
            try:
                self.file = read_document(self.file)
            except NotADocument as error:
                raise ValidationError({"file": str(error.reason)}) from error
