"""Voiding: codes that must not be believed any more, for good.

What was never printed gives its place back to the licence it was drawn under (see `brand.licences.drawing`).
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Count

from accounts.models import User
from brand.licences.drawing import give_back_codes
from record.codes.acts import note_act
from record.codes.refusals import NotVoidable
from record.codes.selections import Selection
from record.models import Code, CodeAct, PrintRun


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
        _give_back(codes)
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


def _give_back(codes: Selection) -> None:
    """Take the codes about to be voided off the quantity of their licence where no label of them exists.

    Only a run tells whether its labels were made: codes without one count as printed.
    """
    unused = codes.codes.filter(state__in=[Code.State.ISSUED, Code.State.BOUND])
    touched = unused.filter(run__licence__isnull=False, run__printings=None).order_by()
    counts = dict(touched.values_list("run").annotate(Count("pk")))
    # locked: a run that is being printed comes before or after as a whole
    runs = PrintRun.objects.select_for_update(of=("self",)).select_related("licence", "product")
    for run in runs.filter(pk__in=counts).order_by("pk"):
        if run.licence and not run.printings.exists():
            give_back_codes(licence=run.licence, product=run.product, quantity=counts[run.pk])
