"""The log of acts on codes: written with the act, in its transaction."""

from collections.abc import Iterable
from datetime import datetime

from accounts.models import User
from record.models import Batch, Carton, CodeAct, PrintRun

_KEPT_SERIALS = 100


def note_act(
    kind: str,
    *,
    count: int,
    at: datetime,
    by: User | None = None,
    reason: str = "",
    serials: Iterable[str] = (),
    run: PrintRun | None = None,
    carton: Carton | None = None,
    batch: Batch | None = None,
) -> CodeAct:
    """Write down what was done to `count` codes. Part of the caller's transaction."""
    return CodeAct.objects.create(
        kind=kind,
        count=count,
        at=at,
        by=by,
        reason=reason,
        serials=list(serials)[:_KEPT_SERIALS],
        run=run,
        carton=carton,
        batch=batch,
    )
