"""Joining the pool, changing what is shown, agreeing anew and leaving: consent and profile move together.

Whoever touches a profile locks its row first (`select_for_update`), so that a request or an application of
the same moment either comes before the end and is closed by it, or finds nobody.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from brand.acts.models import record_act
from brand.models import Region
from training.classes.attendance import classes_attended
from training.models import Certificate, Enrolment, Talent, TalentConsent, Trainee
from training.talent import agreement, telling
from training.talent.ending import close_all
from training.talent.numbers import refuse_numbers
from training.talent.profiles import TalentAbility, TalentInterest
from training.talent.refusals import InThePoolAlready, NotAgreed, NothingShownYet, NotInThePool, WordsChanged

Ended = TalentConsent.Ended


@dataclass(frozen=True, slots=True)
class Profile:
    """What a trainee tells members. Pay in yuan a month."""

    headline: str
    hours: str
    reach: str
    phone: str
    about: str = ""
    place: str = ""
    pay_from: int | None = None
    pay_to: int | None = None
    available_from: date | None = None
    abilities: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()


def has_shown_something(trainee: Trainee) -> bool:
    """Tell whether somebody finished a course, holds a certificate or came to a class. At most 3 queries."""
    if Certificate.objects.valid().filter(enrolment__trainee=trainee).exists():
        return True
    completed = trainee.enrolments.filter(state=Enrolment.State.COMPLETED)
    return completed.exists() or classes_attended(trainee).exists()


def join(
    *, trainee: Trainee, region: Region, profile: Profile, agreed: bool, version: str, at: datetime
) -> Talent:
    """Put a trainee into the pool: the consent with the words that were read, and the profile.

    `version` is that of the words the trainee had before them.

    Raises:
        InThePoolAlready: there is a profile.
        NotAgreed: no consent was given.
        WordsChanged: consent was given to other words than those of today.
        NothingShownYet: nothing was finished so far.
        NumberInWords: a text carries a telephone number.
    """
    if not agreed:
        raise NotAgreed
    _require_read(version)
    refuse_numbers(profile.headline, profile.about, profile.place)
    if Talent.objects.filter(trainee=trainee).exists():
        raise InThePoolAlready
    if not has_shown_something(trainee):
        raise NothingShownYet
    try:
        with transaction.atomic():
            consent = _agree(trainee, region, at)
            talent = Talent(trainee=trainee, consent=consent, region=region, joined_at=at)
            _write(talent, profile, at=at)
            record_act(trainee, "joined_pool", by=trainee.user, at=at, detail={"version": consent.version})
    except IntegrityError as error:  # pressed twice: the constraint lets one consent stand
        if Talent.objects.filter(trainee=trainee).exists():
            raise InThePoolAlready from error
        raise
    return talent


def change(*, trainee: Trainee, profile: Profile, at: datetime) -> Talent:
    """Write what a trainee shows anew.

    Raises:
        NotInThePool: the consent ended meanwhile; nothing is kept of what was typed.
        NumberInWords: a text carries a telephone number.
    """
    refuse_numbers(profile.headline, profile.about, profile.place)
    with transaction.atomic():
        talent = _locked(trainee)
        _write(talent, profile, at=at)
    return talent


def agree_anew(*, trainee: Trainee, version: str, at: datetime) -> TalentConsent:
    """Give the consent for another twelve months, to the words of today.

    Raises:
        NotInThePool: it ended before.
        WordsChanged: what was read is of another `version`.
    """
    _require_read(version)
    with transaction.atomic():
        talent = _locked(trainee)
        TalentConsent.objects.filter(pk=talent.consent_id).update(ended_at=at, ended=Ended.RENEWED)
        talent.consent = _agree(trainee, talent.region, at)
        talent.save(update_fields=["consent"])
        record_act(trainee, "agreed_anew", by=trainee.user, at=at, detail={"version": agreement.VERSION})
    return talent.consent


def leave(*, trainee: Trainee, at: datetime) -> None:
    """Take the consent back: the profile is gone at once, open requests and applications are closed.

    Raises:
        NotInThePool: it ended before.
    """
    _end(trainee, Ended.WITHDRAWN, by=trainee.user, at=at)


def run_out(*, consent: TalentConsent, at: datetime) -> None:
    """End this consent, whose day has come; one given anew meanwhile stands.

    Raises:
        NotInThePool: it ended before, or was given anew.
    """
    _end(consent.trainee, Ended.RAN_OUT, by=None, at=at, only=Q(pk=consent.pk, until__lte=at))


def take_out(*, trainee: Trainee, why: str, by: User, at: datetime) -> None:
    """Take somebody out by the office; they are told why, and may come back.

    Raises:
        NotInThePool: they left before.
    """
    _end(trainee, Ended.TAKEN_OUT, by=by, at=at, why=why)
    path, occasion = reverse("training:my-talent"), f"{at:%y%m%d%H%M%S}"
    told = partial(
        telling.tell, trainee.user, telling.TAKEN_OUT, about=trainee.pk, words={"why": why}, path=path, at=at,
        occasion=occasion,
    )  # fmt: skip
    transaction.on_commit(told)


def _require_read(version: str) -> None:
    if version != agreement.VERSION:
        raise WordsChanged


def _agree(trainee: Trainee, region: Region, at: datetime) -> TalentConsent:
    return TalentConsent.objects.create(
        trainee=trainee,
        version=agreement.VERSION,
        text=agreement.words(region),
        given_at=at,
        until=at + agreement.LASTS,
    )


def _write(talent: Talent, profile: Profile, *, at: datetime) -> None:
    for name in (
        "headline",
        "hours",
        "reach",
        "phone",
        "about",
        "place",
        "pay_from",
        "pay_to",
        "available_from",
    ):
        setattr(talent, name, getattr(profile, name))
    talent.changed_at = at
    talent.save()
    TalentAbility.objects.filter(talent=talent).delete()
    TalentAbility.objects.bulk_create(
        TalentAbility(talent=talent, work=work) for work in dict.fromkeys(profile.abilities)
    )
    TalentInterest.objects.filter(talent=talent).delete()
    TalentInterest.objects.bulk_create(
        TalentInterest(talent=talent, work=work) for work in dict.fromkeys(profile.interests)
    )


def _lock(trainee: Trainee) -> Talent | None:
    return Talent.objects.select_for_update(of=("self",)).filter(trainee=trainee).first()


def _locked(trainee: Trainee) -> Talent:
    talent = _lock(trainee)
    if talent is None:
        raise NotInThePool
    return talent


def _end(
    trainee: Trainee, how: str, *, by: User | None, at: datetime, why: str = "", only: Q | None = None
) -> None:
    with transaction.atomic():
        _lock(
            trainee
        )  # before its consent, as everybody does: two who end and renew do not wait for each other
        standing = TalentConsent.objects.standing().filter(only or Q(), trainee=trainee)
        if not standing.update(ended_at=at, ended=how, ended_why=why):
            raise NotInThePool
        Talent.objects.filter(trainee=trainee).delete()
        close_all(trainee, at=at)
        record_act(trainee, f"pool_{how}", by=by, at=at, note=why)
