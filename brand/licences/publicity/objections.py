"""Objections: anybody may say what speaks against a licence; the association answers before it decides."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Final

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from brand.licences.applications.models import LicenceApplication
from brand.licences.applications.moving import AlreadyMoved, locked
from brand.licences.applications.telling import tell_officers_of
from brand.licences.publicity.models import Objection, ObjectionFile
from brand.members.interests import refuse_own

State = LicenceApplication.State
MOST_FILES: Final = 5
_LETTERS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that are mistaken for one another
_LENGTH: Final = 10  # 32¹⁰ ≈ 10¹⁵: a receipt is not guessed


class NotObjectable(ValueError):
    """The days for it are over, or the application is not public; the text says so."""


class NoAnswer(ValueError):
    """An objection is closed with an answer, or not at all."""


def object_to(
    *,
    application: LicenceApplication,
    words: str,
    at: datetime,
    name: str = "",
    contact: str = "",
    files: Sequence[ContentFile] = (),
) -> Objection:
    """Take an objection in and return it with its receipt number.

    Raises:
        NotObjectable: the application is not in publicity that day.
        AlreadyMoved: it was taken out of publicity a moment before.
    """
    storage = ObjectionFile._meta.get_field("file").storage
    names = [storage.save(f"licences/objections/{at:%Y/%m}/{file.name}", file) for file in files[:MOST_FILES]]
    try:
        with transaction.atomic():
            # the lock orders it with the decision, which asks whether an objection is open
            now = locked(application, among=[State.PUBLICITY])
            if now.publicity_to is None or timezone.localdate(at) > now.publicity_to:
                raise NotObjectable(_("The days for objections are over."))
            objection = Objection.objects.create(
                application=now,
                receipt=_receipt(),
                words=words.strip(),
                name=name.strip(),
                contact=contact.strip(),
                received_at=at,
            )
            ObjectionFile.objects.bulk_create(ObjectionFile(objection=objection, file=kept) for kept in names)
            record_act(now, "objected", by=None, at=at, detail={"receipt": objection.receipt})
            transaction.on_commit(partial(tell_officers_of, now, "licence_objection", at=at))
    except Exception:
        for kept in names:
            storage.delete(kept)
        raise
    return objection


def answer_objection(*, objection: Objection, upheld: bool, answer: str, by: User, at: datetime) -> None:
    """Close an objection with an answer, which its sender reads under the receipt number.

    Raises:
        NoAnswer: nothing was answered.
        AlreadyMoved: another officer has answered it.
        ConflictOfInterest: the application is the officer's own.
    """
    if not answer.strip():
        raise NoAnswer(_("Write an answer: whoever objected reads it."))
    application = objection.application
    refuse_own(by, member=application.member, applicant=application.applicant)
    state = Objection.State.UPHELD if upheld else Objection.State.DISMISSED
    with transaction.atomic():
        # compare-and-set: of two officers at once the second changes nothing
        waiting = Objection.objects.open().filter(pk=objection.pk)
        if not waiting.update(state=state, answer=answer.strip(), answered_at=at, answered_by=by):
            raise AlreadyMoved(_("Nothing was done: another officer has answered this objection already."))
        verb = "objection_upheld" if upheld else "objection_dismissed"
        record_act(application, verb, by=by, at=at, detail={"receipt": objection.receipt})
    objection.refresh_from_db()


def _receipt() -> str:
    letters = "".join(secrets.choice(_LETTERS) for _position in range(_LENGTH))
    return f"{letters[:5]}-{letters[5:]}"
