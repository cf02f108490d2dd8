"""Which abilities a valid certificate proves. Read from the certificates of the moment, never stored."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from training.models import Certificate, Talent
from training.talent.works import PROVEN_BY

Proofs = dict[str, Certificate]


def proofs_of(talents: Iterable[Talent]) -> dict[int, Proofs]:
    """Return for each profile which work a valid certificate proves, the newest first. 1 query.

    A certificate of a course proves every work its kind stands for; who reads it sees the course's name.
    """
    by_trainee = {talent.trainee_id: talent.pk for talent in talents}
    rows = Certificate.objects.valid().filter(enrolment__trainee__in=by_trainee)
    found: dict[int, Proofs] = {pk: {} for pk in by_trainee.values()}
    for certificate in rows.select_related("enrolment__course").order_by("issued_at"):
        kind = certificate.enrolment.course.kind
        proofs = found[by_trainee[certificate.enrolment.trainee_id]]
        proofs.update({work: certificate for work, kinds in PROVEN_BY.items() if kind in kinds})
    return found


def certificates_of(talent: Talent) -> list[Certificate]:
    """Return the valid certificates of one person, newest first. 1 query."""
    rows = Certificate.objects.valid().filter(enrolment__trainee=talent.trainee_id)
    return list(rows.select_related("enrolment__course").order_by("-issued_at", "-pk"))


def is_proven(work: str = "") -> Q:
    """Return the condition on profiles: a valid certificate proves `work`; anything, where none is named."""
    kinds = PROVEN_BY.get(work, ()) if work else {kind for kinds in PROVEN_BY.values() for kind in kinds}
    theirs = Certificate.objects.valid().filter(enrolment__trainee=OuterRef("trainee"))
    return Q(Exists(theirs.filter(enrolment__course__kind__in=kinds)))
