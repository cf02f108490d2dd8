"""Taking a letter in. Whoever has its receipt reads the answer; the receipt cannot be guessed."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Final

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from brand.acts.models import record_act
from brand.models import Region
from brand.private import private_storage
from lib.workdays import after_working_days
from openness.disclosures.models import DisclosurePage
from openness.disclosures.standing import Standing, standing_of
from openness.letters.models import Letter, LetterFile, LetterKind
from openness.letters.telling import tell_of_letter

MOST_FILES: Final = 5
ANSWERED_WITHIN: Final = 15  # working days: what the window promises
_SIGNS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that are mistaken for one another
_LENGTH: Final = 10  # 32¹⁰ ≈ 10¹⁵


class LetterRefused(ValueError):
    """It cannot be taken; the text says why."""


def receive_letter(
    *,
    region: Region,
    kind: str,
    words: str,
    at: datetime,
    about: DisclosurePage | None = None,
    name: str = "",
    contact: str = "",
    files: Sequence[ContentFile] = (),
) -> Letter:
    """Keep a letter with its files, tell who answers letters, and return it with its receipt.

    Raises:
        LetterRefused: it says nothing, or the disclosure takes no opinions that day.
    """
    if not words.strip():
        raise LetterRefused(_("Write down what it is about."))
    _refuse_late_opinion(kind, about, at)
    storage = private_storage()
    # files first, outside of the transaction; a file without a row is lost room, never a lost letter
    kept = [storage.save(f"letters/{at:%Y/%m}/{file.name}", file) for file in files[:MOST_FILES]]
    try:
        with transaction.atomic():
            letter = Letter.objects.create(
                receipt=_receipt(),
                region=region,
                kind=kind,
                about=about,
                words=words.strip(),
                name=name.strip(),
                contact=contact.strip(),
                received_at=at,
                due_on=after_working_days(timezone.localdate(at), ANSWERED_WITHIN),
            )
            LetterFile.objects.bulk_create(LetterFile(letter=letter, file=file) for file in kept)
            record_act(letter, "received", by=None, at=at)
            transaction.on_commit(partial(tell_of_letter, letter, "letter_received", at=at))
    except Exception:
        for file in kept:
            storage.delete(file)
        raise
    return letter


def _refuse_late_opinion(kind: str, about: DisclosurePage | None, at: datetime) -> None:
    if kind != LetterKind.OPINION:
        return
    if about is None or standing_of(about, on=timezone.localdate(at)) != Standing.OPEN:
        raise LetterRefused(
            _("The days for opinions are over. Write it as a suggestion: it is read as well.")
        )


def _receipt() -> str:
    signs = "".join(secrets.choice(_SIGNS) for _position in range(_LENGTH))
    return f"{signs[:5]}-{signs[5:]}"
