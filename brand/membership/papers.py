"""Papers of an application: kept at once, apart from the form, so that no error in the form loses them."""

import hashlib
import secrets
from datetime import datetime
from pathlib import PurePath
from typing import Final

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from brand.membership.drafts import NotOpen
from brand.membership.models import MembershipApplication, MembershipPaper
from brand.private import private_storage
from lib.documents import read_document

MOST: Final = 20
_LONGEST_NAME: Final = 120


class TooManyPapers(ValueError):
    """The application has as many papers as anybody reads."""

    def __init__(self) -> None:
        super().__init__(_("There are 20 papers already. Remove one first, or put several into one PDF."))


def add_paper(
    *, application: MembershipApplication, kind: str, upload: File, at: datetime
) -> MembershipPaper:
    """Keep a paper; the same file again is the same paper.

    Raises:
        NotADocument: neither a PDF nor a photo, or damaged.
        TooManyPapers: enough.
        NotOpen: the application was sent off.
    """
    content = read_document(upload)  # slow for a photo: outside of the transaction
    data = content.read()
    content.seek(0)
    # the file first: without its row it is lost room, the other way round a lost paper
    where = f"membership/{application.pk}/{secrets.token_hex(6)}-{content.name}"
    name = private_storage().save(where, content)
    try:
        return _filed(
            application,
            kind=kind,
            file=name,
            name=_shown_name(upload.name or ""),
            size=len(data),
            sha256=hashlib.sha256(data).hexdigest(),
            added_at=at,
        )
    except IntegrityError:  # the same content stands there
        private_storage().delete(name)
        return application.papers.get(sha256=hashlib.sha256(data).hexdigest())
    except BaseException:
        private_storage().delete(name)
        raise


def remove_paper(*, paper: MembershipPaper) -> None:
    """Take a paper out again, with its file.

    Raises:
        NotOpen: the application was sent off.
    """
    with transaction.atomic():
        _open(paper.application)
        name = str(paper.file.name)
        paper.delete()
        transaction.on_commit(lambda: private_storage().delete(name))


def _filed(application: MembershipApplication, **facts: object) -> MembershipPaper:
    with transaction.atomic():
        _open(application)
        if application.papers.count() >= MOST:
            raise TooManyPapers
        return MembershipPaper.objects.create(application=application, **facts)


def _open(application: MembershipApplication) -> None:
    """Lock the application, so that nobody sends it off while a paper comes or goes."""
    if not MembershipApplication.objects.select_for_update().get(pk=application.pk).is_open:
        raise NotOpen


def _shown_name(name: str) -> str:
    """Return the last part of the name the file came with; its end is what tells the kind of file."""
    return PurePath(name.replace("\\", "/")).name[-_LONGEST_NAME:] or str(_("paper"))
