"""Papers of an application: kept as soon as they arrive, whatever else is missing in the form."""

import hashlib
from datetime import datetime
from functools import partial
from typing import Final

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from brand.licences.applications.drafts import NotChangeable
from brand.licences.applications.models import ApplicationPaper, LicenceApplication

MOST_PAPERS: Final = 30  # of one application
_FOLDER: Final = "licences/applications"


class TooManyPapers(ValueError):
    """The application holds as many papers as anybody can read."""


def add_paper(
    *, application: LicenceApplication, kind: str, file: ContentFile, name: str, at: datetime
) -> ApplicationPaper:
    """Keep a paper that `lib.documents` has read, the same one once; `name` is what its sender called it.

    Raises:
        NotChangeable: the application is with the association.
        TooManyPapers: there are enough.
    """
    _require_room(application)
    data = file.read()
    digest = hashlib.sha256(data).hexdigest()
    storage = ApplicationPaper._meta.get_field("file").storage
    # the file first, outside the transaction; without a row nobody can reach it, and it is taken away again
    kept = storage.save(f"{_FOLDER}/{at:%Y/%m}/{file.name}", ContentFile(data))
    try:
        with transaction.atomic():
            _hold(application)
            return ApplicationPaper.objects.create(
                application=application,
                kind=kind,
                file=kept,
                name=name[:120],
                sha256=digest,
                size=len(data),
                added_at=at,
            )
    except IntegrityError:
        storage.delete(kept)
        return ApplicationPaper.objects.get(application=application, kind=kind, sha256=digest)
    except BaseException:
        storage.delete(kept)
        raise


def remove_paper(*, paper: ApplicationPaper) -> None:
    """Take a paper away.

    Raises:
        NotChangeable: the application is with the association, which may have read it.
    """
    storage, name = paper.file.storage, paper.file.name or ""
    with transaction.atomic():
        _hold(paper.application)
        paper.delete()
        transaction.on_commit(partial(storage.delete, name))


def _require_room(application: LicenceApplication) -> None:
    _require_with_member(application)
    if application.papers.count() >= MOST_PAPERS:
        raise TooManyPapers(_("An application holds %(most)d papers at most.") % {"most": MOST_PAPERS})


def _hold(application: LicenceApplication) -> None:
    """Lock the application, so that nobody sends it off while a paper comes or goes."""
    LicenceApplication.objects.select_for_update(of=("self",)).get(pk=application.pk)
    _require_with_member(application)


def _require_with_member(application: LicenceApplication) -> None:
    application.refresh_from_db(fields=["state"])
    if not application.is_with_member:
        raise NotChangeable(_("The application is with the association. Its papers stay as they are."))
