"""Printing a run: one file with a checksum, its PINs made for it and kept nowhere else.

The first file of a run is its printing. Every further one is a reprint and says why. A reprinted label gets
a new PIN, since nobody knows the old one: so no label is reprinted with a PIN whose package is in use.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from typing import Any, BinaryIO, cast

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from record.codes.acts import note_act
from record.codes.licensing import reasons_against_product
from record.codes.pins import new_pin, pin_digest
from record.codes.printing import write_labels
from record.codes.refusals import CodesRefused
from record.codes.selections import Selection, of_run, refuse
from record.labels import DEFAULT_PRESET
from record.labels.presets import preset_named
from record.models import Code, CodeAct, Printing, PrintRun, ScratchPin

MOST_DRAWN = 50_000  # labels of a PDF or ZIP; a table has no limit of its own
_IN_USE = [Code.State.ACTIVATED, Code.State.SOLD]
_AT_ONCE = 2_000


class Reprint(CodesRefused):
    """The run was printed before: a reason is needed."""


def print_run(
    *,
    run: PrintRun,
    kind: str,
    out: BinaryIO,
    at: datetime,
    preset: str = DEFAULT_PRESET,
    only: Selection | None = None,
    reason: str = "",
    by: User | None = None,
) -> Printing:
    """Write the labels of `run` (or `only` some of it) to `out` and keep who did it, when and the checksum.

    The file is written first and without a lock; only then, in one short transaction, do codes become
    printed and PINs valid. What fails leaves no trace but a file nobody should use.

    Raises:
        Reprint: the run was printed before and no reason was given.
        CodesRefused: no licence covers the product, or some labels may not be printed like this.
        NoLabels, UnknownPreset, FontMissing, UnknownFormat: see `write_labels`.
    """
    chosen = (only or of_run(run)).within(run)
    number = run.printings.count() + 1
    if reasons := list(reasons_against_product(run.product, at=at)):
        raise CodesRefused(reasons)
    _refuse(run, chosen, number=number, kind=kind, preset=preset, reason=reason)
    pins = _Pins(run.pins)
    file = _Hashed(out)
    quantity = write_labels(
        chosen.codes,
        product=run.product,
        kind=kind,
        out=cast("BinaryIO", file),
        preset=preset,
        pin_of=pins.draw if run.pins else None,
    )
    first, last = _numbers(run, chosen)
    done = Printing(
        run=run,
        number=number,
        kind=kind,
        preset=preset if kind == "pdf" else "",
        first=first,
        last=last,
        quantity=quantity,
        sha256=file.digest,
        size=file.size,
        reason=reason.strip() if number > 1 else "",
        at=at,
        by=by,
    )
    _keep(done, chosen, pins)
    return done


def _keep(done: Printing, chosen: Selection, pins: "_Pins") -> None:
    """Make it true what the file says: PINs, printed codes, the printing and the act, or nothing of it."""
    run = done.run
    with transaction.atomic():
        # the lock makes two people who print at once come one after the other: the second is refused
        PrintRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        if run.printings.count() + 1 != done.number:
            raise CodesRefused([_("Somebody else printed this run a moment ago. Throw this file away.")])
        if chosen.living.count() != done.quantity:
            raise CodesRefused([_("Some of these codes were voided meanwhile. Throw this file away.")])
        if run.pins:
            refuse(chosen.codes.filter(state__in=_IN_USE), _("In use, its PIN must not change: {serials}"))
            pins.save()
        chosen.codes.filter(state=Code.State.ISSUED).update(state=Code.State.PRINTED)
        done.save()
        note_act(
            CodeAct.Kind.REPRINT if done.reason else CodeAct.Kind.PRINT,
            count=done.quantity,
            at=done.at,
            by=done.by,
            reason=done.reason,
            serials=chosen.named,
            run=run,
            batch=run.batch,
        )


def _refuse(run: PrintRun, chosen: Selection, *, number: int, kind: str, preset: str, reason: str) -> None:
    if number > 1 and not reason.strip():
        raise Reprint([_("This run was printed before. Say why it is printed again.")])
    if chosen.named:
        refuse(chosen.codes.filter(state=Code.State.VOIDED), _("Void: {serials}"))
    if not chosen.living.exists():
        raise CodesRefused([_("Every code of this choice is void.")])
    if kind != "csv" and chosen.codes.count() > MOST_DRAWN:
        raise CodesRefused([_("At most 50,000 labels fit one PDF or ZIP. Take the CSV, or print in parts.")])
    if not run.pins:
        return
    if kind == "pdf" and not preset_named(preset).has_scratch:
        raise CodesRefused([_("This sheet has no room for a scratch field. Take a4-24 or a4-10.")])
    refuse(chosen.codes.filter(state__in=_IN_USE), _("In use, its PIN must not change: {serials}"))


def _numbers(run: PrintRun, chosen: Selection) -> tuple[int, int]:
    """Return the numbers of the first and last label in the run; labels count from 1."""
    keys = chosen.codes.order_by("pk").values_list("pk", flat=True)
    first, last = keys.first(), keys.last()
    return tuple(run.codes.filter(pk__lte=key).count() for key in (first, last))  # type: ignore[return-value]


class _Pins:
    """PINs drawn while the labels are written, kept as hashes until they are saved."""

    def __init__(self, length: int) -> None:
        self._length = length
        self._drawn: list[tuple[int, str]] = []

    def draw(self, key: int, serial: str) -> str:
        """Return a new PIN for the code."""
        pin = new_pin(self._length)
        self._drawn.append((key, pin_digest(serial=serial, pin=pin)))
        return pin

    def save(self) -> None:
        """Make the new PINs those of their codes; nothing of an old one stays."""
        rest = iter(self._drawn)
        while chunk := list(islice(rest, _AT_ONCE)):
            _save(chunk, self._length)


def _save(drawn: Iterable[tuple[int, str]], length: int) -> None:
    fresh = [field.name for field in ScratchPin._meta.fields if field.name != "code"]
    ScratchPin.objects.bulk_create(
        [ScratchPin(code_id=key, length=length, digest=digest) for key, digest in drawn],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=fresh,
    )


class _Hashed:
    """A file that works out its checksum and size as it is written."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._hash = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes) -> int:
        """Write and add to the checksum."""
        self._hash.update(data)
        self.size += len(data)
        return self._file.write(data)

    @property
    def digest(self) -> str:
        """The SHA-256 of what was written."""
        return self._hash.hexdigest()

    def __getattr__(self, name: str) -> Any:
        if name in {"seek", "tell"}:  # what is written again would not be in the checksum
            raise AttributeError(name)
        return getattr(self._file, name)
