"""Sending an application off: complete, with a number and a day by which it is answered."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from brand.acts.models import record_act
from brand.counters.models import next_number
from brand.membership.completeness import applied_for_words, problems
from brand.membership.drafts import OPEN, ChangedMeanwhile, NotOpen
from brand.membership.models import MembershipApplication
from brand.membership.telling import tell_officers_of
from brand.membership.terms import terms_of


class Incomplete(ValueError):
    """Something is missing or wrong: `problems` says what, by field."""

    def __init__(self, found: dict[str, str]) -> None:
        super().__init__(", ".join(found))
        self.problems = found


def submit_application(
    *, application: MembershipApplication, by: User, at: datetime
) -> MembershipApplication:
    """Send the application off as it is kept; return it.

    The days to answer begin anew when it comes back after a return.

    Raises:
        Incomplete: something is missing or wrong.
        ChangedMeanwhile: another window changed it while it was looked over.
        NotOpen: it was sent off already.
    """
    if found := problems(application):
        raise Incomplete(found)
    day = timezone.localdate(at)
    due_on = day + timedelta(days=terms_of(application.region).review_days)
    again = application.number is not None
    try:
        with transaction.atomic():
            number = application.number or f"RH-{day:%Y}-{next_number(f'membership.{day:%Y}'):04d}"
            _send_off(application, number=number, due_on=due_on, submitted_at=at)
            record_act(application, "submitted_again" if again else "submitted", by=by, at=at)
            transaction.on_commit(lambda: _tell(application, at))
    except IntegrityError as error:  # the same company, sent off by somebody else at the same moment
        raise Incomplete({"credit_code": applied_for_words()}) from error
    application.refresh_from_db()
    return application


def _send_off(application: MembershipApplication, **facts: object) -> None:
    """Compare and set: what was looked over is what is sent off, and only once."""
    waiting = MembershipApplication.objects.filter(
        pk=application.pk, version=application.version, state__in=OPEN
    )
    sent = MembershipApplication.State.SUBMITTED
    if waiting.update(state=sent, version=F("version") + 1, changed_at=facts["submitted_at"], **facts):
        return
    now = MembershipApplication.objects.get(pk=application.pk)
    raise ChangedMeanwhile(now) if now.is_open else NotOpen


def _tell(application: MembershipApplication, at: datetime) -> None:
    key = f"membership.in.{application.pk}.{application.version}"
    tell_officers_of(application, kind="membership_received", key=key, at=at)
