"""The decision: after publicity a licence is given, or refused with a reason."""

from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from brand.licences.applications.models import LicenceApplication
from brand.licences.applications.moving import locked, move
from brand.licences.applications.telling import tell_applicant
from brand.licences.models import Licence
from brand.licences.numbers import new_licence_number
from brand.licences.papers.words import freeze_words
from brand.licences.products import LicenceProduct
from brand.licences.publicity.models import Objection
from brand.licences.renewals import period
from brand.licences.rules import LicenceRules, rules_of
from brand.members.interests import refuse_own
from changes import outbox

State = LicenceApplication.State
REFUSABLE = (State.SUBMITTED, State.ACCEPTED, State.CHECKED, State.PUBLICITY)


class DecisionRefused(ValueError):
    """It cannot be decided like this; `reasons` are sentences for the officer."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def reasons_against_licence(
    application: LicenceApplication, *, by: User, on: date, rules: LicenceRules
) -> list[str]:
    """Return what stands between an application in publicity and its licence. Three queries."""
    objections = application.objections
    wanted = [row.product for row in application.wanted.select_related("product")]
    checker = application.site_checks.values_list("checker", flat=True).last()
    renews = application.renews
    found = {
        _("Publicity lasts to %(day)s. Decide on the day after."): application.publicity_to is None
        or on <= application.publicity_to,
        _("An objection is not answered yet."): objections.open().exists(),
        _("An objection was justified. Send the application back or refuse it."): _upheld(application),
        _("You checked the site. Somebody else has to decide."): not rules.checker_decides
        and checker == by.pk,
        _("One of the products belongs to another member now."): any(
            product.member_id != application.member_id for product in wanted
        ),
        _("The licence to be renewed is suspended or revoked."): renews is not None
        and renews.state != Licence.State.VALID,
    }
    day = application.publicity_to.isoformat() if application.publicity_to else ""
    return [
        words % {"day": day} if "%(day)s" in words else words for words, stands in found.items() if stands
    ]


def license_application(
    *, application: LicenceApplication, by: User, at: datetime, seen: int | None = None
) -> Licence:
    """Give the licence: its number, its period, its products and what its certificate says.

    Raises:
        DecisionRefused: publicity is not over, an objection is open, or the officer checked the site.
        AlreadyMoved: somebody else was quicker.
        ConflictOfInterest: it is the officer's own.
    """
    today = timezone.localdate(at)
    with transaction.atomic():
        now = locked(application, among=[State.PUBLICITY], seen=seen)
        refuse_own(by, member=now.member, applicant=now.applicant)
        rules = rules_of(now.region)
        if reasons := reasons_against_licence(now, by=by, on=today, rules=rules):
            raise DecisionRefused(reasons)
        licence = _licence_of(now, rules=rules, on=today)
        move(now, State.LICENSED, at=at, licence=licence, decided_at=at, decided_by=by)
        record_act(now, "licensed", by=by, at=at, detail={"licence": licence.number})
        record_act(licence, "issued", by=by, at=at, detail={"application": now.number})
        outbox.record(licence, region=now.region.slug)
        transaction.on_commit(partial(tell_applicant, now, "licence_given", at=at))
    application.refresh_from_db()
    return licence


def refuse_application(
    *, application: LicenceApplication, reason: str, by: User, at: datetime, seen: int | None = None
) -> None:
    """Refuse an application for good, with a reason the member reads.

    Raises:
        DecisionRefused: no reason was given.
        AlreadyMoved: somebody else was quicker.
        ConflictOfInterest: it is the officer's own.
    """
    if not reason.strip():
        raise DecisionRefused([_("Say why: the member reads it.")])
    with transaction.atomic():
        now = locked(application, among=REFUSABLE, seen=seen)
        refuse_own(by, member=now.member, applicant=now.applicant)
        was_public = now.state == State.PUBLICITY
        move(now, State.REFUSED, at=at, reason=reason.strip(), decided_at=at, decided_by=by)
        record_act(now, "refused", by=by, at=at, note=reason.strip())
        if was_public:
            outbox.record(now, region=now.region.slug)
        transaction.on_commit(partial(tell_applicant, now, "licence_application_refused", at=at))
    application.refresh_from_db()


def _upheld(application: LicenceApplication) -> bool:
    """Tell whether an objection of this round of publicity was justified."""
    upheld = application.objections.filter(state=Objection.State.UPHELD)
    return any(
        application.publicity_from is not None
        and timezone.localdate(objection.received_at) >= application.publicity_from
        for objection in upheld
    )


def _licence_of(now: LicenceApplication, *, rules: LicenceRules, on: date) -> Licence:
    first, last = period(renews=now.renews, rules=rules, on=on)
    licence = Licence.objects.create(
        number=new_licence_number(rules, on=on),
        region=now.region,
        member=now.member,
        brand_name=now.brand_name,
        trademark_classes=now.trademark_classes,
        uses=now.uses,
        valid_from=first,
        valid_to=last,
        issued_on=on,
        renews=now.renews,
    )
    LicenceProduct.objects.bulk_create(
        LicenceProduct(licence=licence, product_id=row.product_id, quantity=row.quantity)
        for row in now.wanted.all()
    )
    freeze_words(licence, rules=rules)
    return licence
