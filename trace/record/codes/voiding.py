"""Voiding: codes that must not be believed any more, for good."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from record.codes.acts import note_act
from record.codes.refusals import NotVoidable
from record.codes.selections import Selection
from record.models import Code, CodeAct


def void_code(*, serial: str, reason: str, at: datetime, by: User | None = None) -> None:
    """Void one code for good: whoever scans it is told why.

    Raises:
        Code.DoesNotExist: there is no such code.
        NotVoidable: it is void already, or no reason was given.
    """
    code = Code.objects.only("pk").get(serial=serial)
    void_codes(codes=Selection(Code.objects.filter(pk=code.pk), named=(serial,)), reason=reason, at=at, by=by)


def void_codes(*, codes: Selection, reason: str, at: datetime, by: User | None = None) -> int:
    """Void the chosen codes that are not void yet and return how many those were.

    Raises:
        NotVoidable: no reason was given, or all are void already.
    """
    if not reason.strip():
        raise NotVoidable
    with transaction.atomic():
        # compare-and-set: the first reason and time stand
        count = codes.living.update(state=Code.State.VOIDED, voided_at=at, void_reason=reason.strip())
        if not count:
            raise NotVoidable
        note_act(
            CodeAct.Kind.VOID,
            count=count,
            at=at,
            by=by,
            reason=reason.strip(),
            serials=codes.named,
            run=codes.run,
            carton=codes.carton,
            batch=codes.batch,
        )
    return count
