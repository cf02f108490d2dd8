"""Issuing, correcting and revoking: the one way a certificate comes to be or ends."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from training.certificates.certificate import Certificate
from training.certificates.numbers import new_number
from training.certificates.rules import missing
from training.certificates.telling import tell_holder
from training.certificates.words import Words, county_of, words_of
from training.learning.changing import change_trainee
from training.models import Enrolment

TRIES = 5  # for a free number: the first is taken once in thousands of millions


class NotDue(ValueError):
    """The rules do not hold; `missing` are the sentences that say what is left."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.missing = sentences


class NotValid(ValueError):
    """The certificate has been revoked or replaced already."""

    def __init__(self) -> None:
        super().__init__(_("This certificate does not hold any more; somebody else was faster."))


def settle(enrolment: Enrolment, *, at: datetime, by: User | None = None) -> Certificate | None:
    """Complete the course where all its rules hold, and issue its certificate where it has one.

    May be called as often as one likes: who has completed stays so, who has had a certificate gets no second
    one, not even after a revocation.

    Raises:
        NotDue: something is left to do.
    """
    left = missing(enrolment)
    if left:
        raise NotDue([str(sentence) for sentence in left])
    with transaction.atomic():
        # the row is the lock: two last conditions fulfilled at once make one certificate
        locked = Enrolment.objects.select_for_update(of=("self",)).select_related("trainee", "course")
        enrolment = locked.get(pk=enrolment.pk)
        if enrolment.state not in Enrolment.HOLDING:
            raise NotDue([_("You are not enrolled in this course.")])  # left since the rules were looked at
        if enrolment.state == Enrolment.State.LEARNING:
            enrolment.state, enrolment.completed_at = Enrolment.State.COMPLETED, at
            enrolment.save(update_fields=["state", "completed_at"])
        had = Certificate.objects.filter(enrolment=enrolment).first()  # the newest
        if had or not enrolment.course.certificate:
            return had
        region = county_of(enrolment.course)
        return _issue(enrolment, words_of(enrolment, region=region), region_id=region.pk, by=by, at=at)


def correct_name(*, certificate: Certificate, name: str, why: str, by: User, at: datetime) -> Certificate:
    """Issue a new certificate with the right name in place of one with a wrong one; return the new one.

    Raises:
        NotValid: it does not hold any more.
    """
    with transaction.atomic():
        locked = _locked(certificate)
        _end(locked, Certificate.State.REPLACED, why=why, at=at)
        change_trainee(trainee=locked.enrolment.trainee, name=name)
        words = {**locked.words, "name": name}
        new = _issue(locked.enrolment, words, region_id=locked.region_id, by=by, at=at)
        Certificate.objects.filter(pk=locked.pk).update(replaced_by=new)
        record_act(locked, "replaced", by=by, at=at, note=why, detail={"by": new.number})
    return new


def revoke(*, certificate: Certificate, why: str, by: User, at: datetime) -> None:
    """End a certificate for a reason that its public page says from then on.

    Raises:
        NotValid: it does not hold any more.
    """
    with transaction.atomic():
        locked = _locked(certificate)
        _end(locked, Certificate.State.REVOKED, why=why, at=at)
        record_act(locked, "revoked", by=by, at=at, note=why)
        transaction.on_commit(lambda: tell_holder(locked, "certificate_revoked", at=at))


def _issue(
    enrolment: Enrolment, words: Words, *, region_id: int, by: User | None, at: datetime
) -> Certificate:
    facts = {"enrolment": enrolment, "region_id": region_id, "words": words, "issued_at": at, "issued_by": by}
    for _try in range(TRIES):
        number = new_number(year=timezone.localtime(at).year)
        if not Certificate.objects.filter(number=number).exists():
            break
    else:
        raise IntegrityError("no free certificate number")
    certificate = Certificate.objects.create(number=number, **facts)
    record_act(certificate, "issued", by=by, at=at)
    transaction.on_commit(lambda: tell_holder(certificate, "certificate_issued", at=at))
    return certificate


def _locked(certificate: Certificate) -> Certificate:
    """Return the row as it is now, held until the transaction ends: of two who end it, one does."""
    rows = Certificate.objects.select_for_update(of=("self",)).select_related("enrolment__trainee__user")
    locked = rows.get(pk=certificate.pk)
    if not locked.is_valid:
        raise NotValid
    return locked


def _end(certificate: Certificate, state: Certificate.State, *, why: str, at: datetime) -> None:
    certificate.state, certificate.ended_why, certificate.ended_at = state, why, at
    certificate.save(update_fields=["state", "ended_why", "ended_at"])
