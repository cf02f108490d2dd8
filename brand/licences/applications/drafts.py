"""Drafts: what a member has written so far, complete or not. Two tabs never overwrite one another unseen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from brand.licences.applications.models import ApplicationProduct, LicenceApplication
from brand.licences.models import Licence
from brand.licences.renewals import reason_against_renewal
from brand.members.models import Member


class NotChangeable(RuntimeError):
    """The application is with the association or decided: what was typed is not taken."""


class ChangedMeanwhile(RuntimeError):
    """It was saved elsewhere since this form was opened; `now` is how it stands."""

    def __init__(self, now: LicenceApplication) -> None:
        super().__init__(_("This application was changed in another window meanwhile."))
        self.now = now


class NotRenewable(ValueError):
    """The licence cannot be renewed; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a member asks for. `products`: key of a product → packages, None for as many as needed."""

    brand_name: str = ""
    trademark_classes: tuple[int, ...] = ()
    uses: tuple[str, ...] = ()
    purpose: str = ""
    products: Mapping[int, int | None] = field(default_factory=dict)


def begin_application(
    *, member: Member, wish: Wish, by: User, at: datetime, renews: Licence | None = None
) -> LicenceApplication:
    """Keep a new draft, complete or not.

    Raises:
        NotRenewable: `renews` is no licence of this member that can be renewed now.
    """
    if renews is not None:
        _require_renewable(renews, member=member, at=at)
    try:
        with transaction.atomic():
            application = LicenceApplication.objects.create(
                region=member.region,
                member=member,
                applicant=by,
                renews=renews,
                created_at=at,
                changed_at=at,
                **_fields(wish),
            )
            _set_products(application, wish)
            record_act(application, "begun", by=by, at=at)
    except IntegrityError as error:  # the constraint: one open renewal of a licence
        raise NotRenewable(_("The renewal of this licence is asked for already.")) from error
    return application


def save_draft(*, application: LicenceApplication, wish: Wish, version: int, at: datetime) -> None:
    """Keep what was typed, complete or not. `version` is the one the form was opened with.

    Raises:
        ChangedMeanwhile: another window has saved since; nothing of this one was kept.
        NotChangeable: it is with the association.
    """
    with transaction.atomic():
        # compare-and-set: of two windows the second finds another version and is asked which text to keep
        rows = LicenceApplication.objects.filter(
            pk=application.pk, version=version, state__in=LicenceApplication.WITH_MEMBER
        )
        if not rows.update(version=F("version") + 1, changed_at=at, **_fields(wish)):
            raise _lost(application)
        _set_products(application, wish)
    application.refresh_from_db()


def discard_draft(*, application: LicenceApplication) -> None:
    """Delete a draft that was never sent, with its papers.

    Raises:
        NotChangeable: it was sent.
    """
    files = [(paper.file.storage, paper.file.name or "") for paper in application.papers.all()]
    with transaction.atomic():
        drafts = LicenceApplication.objects.filter(pk=application.pk, state=LicenceApplication.State.DRAFT)
        if not drafts.delete()[0]:
            raise NotChangeable(_("It has been sent and is not a draft any more."))
        for storage, name in files:
            transaction.on_commit(partial(storage.delete, name))


def _fields(wish: Wish) -> dict[str, object]:
    return {
        "brand_name": wish.brand_name.strip(),
        "trademark_classes": sorted(set(wish.trademark_classes)),
        "uses": list(wish.uses),
        "purpose": wish.purpose.strip(),
    }


def _set_products(application: LicenceApplication, wish: Wish) -> None:
    """Replace the rows. Products of other members are left out: the form offers none."""
    own = set(application.member.products.filter(pk__in=wish.products).values_list("pk", flat=True))
    ApplicationProduct.objects.filter(application=application).delete()
    ApplicationProduct.objects.bulk_create(
        ApplicationProduct(application=application, product_id=pk, quantity=quantity)
        for pk, quantity in wish.products.items()
        if pk in own
    )


def _require_renewable(licence: Licence, *, member: Member, at: datetime) -> None:
    if licence.member_id != member.pk:
        raise NotRenewable(_("This licence belongs to another member."))
    if reason := reason_against_renewal(licence, on=timezone.localdate(at)):
        raise NotRenewable(reason)


def _lost(application: LicenceApplication) -> ChangedMeanwhile | NotChangeable:
    now = LicenceApplication.objects.get(pk=application.pk)
    if not now.is_with_member:
        return NotChangeable(
            _("The application is “%(state)s” and cannot be changed now.")
            % {"state": now.get_state_display()}
        )
    return ChangedMeanwhile(now)
