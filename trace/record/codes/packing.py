"""Packing: packages go into cartons, come out again or are replaced; each act is kept."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from record.codes.acts import note_act
from record.codes.cartons import make_cartons
from record.codes.refusals import CodesRefused
from record.codes.selections import Selection, refuse
from record.models import Batch, Carton, Code, CodeAct


def pack(*, carton: Carton, codes: Selection, at: datetime, by: User | None = None) -> int:
    """Put the chosen packages into `carton`, all or none, and return how many were not in it before.

    Raises:
        CodesRefused: some are of another batch, void, in another carton, or more than it holds.
    """
    with transaction.atomic():
        # the lock keeps two packers from filling one carton beyond what it holds
        locked = Carton.objects.select_for_update(of=("self",)).get(pk=carton.pk)
        if reasons := list(_reasons_against_packing(locked, codes)):
            raise CodesRefused(reasons)
        added = codes.codes.filter(carton=None, batch=locked.batch_id).update(carton=locked)
        refuse(codes.codes.exclude(carton=locked), _("Packed elsewhere in the meantime: {serials}"))
        if added:
            note_act(
                CodeAct.Kind.PACK,
                count=added,
                at=at,
                by=by,
                serials=codes.named,
                carton=locked,
                batch=locked.batch,
            )
    return added


def unpack(
    *, carton: Carton, codes: Selection, at: datetime, reason: str = "", by: User | None = None
) -> int:
    """Take the chosen packages out of `carton`, all or none, and return how many that were.

    Raises:
        CodesRefused: some are not in it, or it is empty.
    """
    with transaction.atomic():
        locked = Carton.objects.select_for_update(of=("self",)).get(pk=carton.pk)
        refuse(codes.codes.exclude(carton=locked), _("Not in this carton: {serials}"))
        serials = list(codes.codes.filter(carton=locked).values_list("serial", flat=True))
        if not serials:
            raise CodesRefused([_("The carton is empty.")])
        removed = Code.objects.filter(carton=locked, serial__in=serials).update(carton=None)
        note_act(
            CodeAct.Kind.UNPACK,
            count=removed,
            at=at,
            by=by,
            reason=reason.strip(),
            serials=serials,
            carton=locked,
            batch=locked.batch,
        )
    return removed


def replace(
    *, carton: Carton, old: Selection, new: Selection, reason: str, at: datetime, by: User | None = None
) -> None:
    """Put one package in the place of another. What came out is void or goes elsewhere by acts of its own.

    Raises:
        CodesRefused: the one is not in the carton, the other cannot be, or no reason was given.
    """
    if not reason.strip():
        raise CodesRefused([_("A reason is needed.")])
    with transaction.atomic():
        locked = Carton.objects.select_for_update(of=("self",)).get(pk=carton.pk)
        refuse(old.codes.exclude(carton=locked), _("Not in this carton: {serials}"))
        refuse(new.codes.filter(carton=locked), _("In this carton already: {serials}"))
        old.codes.update(carton=None)
        if reasons := list(_reasons_against_packing(locked, new)):
            raise CodesRefused(reasons)
        new.codes.filter(carton=None).update(carton=locked)
        refuse(new.codes.exclude(carton=locked), _("Packed elsewhere in the meantime: {serials}"))
        note_act(
            CodeAct.Kind.REPLACE,
            count=1,
            at=at,
            by=by,
            reason=reason.strip(),
            serials=[*old.named, *new.named],
            carton=locked,
            batch=locked.batch,
        )


def pack_in_order(
    *, batch: Batch, codes: Selection, capacity: int, at: datetime, by: User | None = None
) -> list[Carton]:
    """Fill new cartons of `batch` with the chosen packages in the order of their labels.

    Void codes and those in a carton already are passed over; the last carton may stay part empty.

    Raises:
        CodesRefused: nothing to pack, too many cartons, or nobody's prefix to number them with.
    """
    with transaction.atomic():
        Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)  # packers of a batch go one by one
        keys = list(_loose(codes, batch).order_by("pk").values_list("pk", flat=True))
        if not keys:
            raise CodesRefused([_("There is nothing left to pack.")])
        chunks = [keys[start : start + capacity] for start in range(0, len(keys), max(capacity, 1))]
        cartons = make_cartons(batch=batch, capacity=capacity, count=len(chunks), at=at, by=by)
        for carton, chunk in zip(cartons, chunks, strict=True):
            # compare-and-set: whoever packs by hand locks the carton, not the batch
            if Code.objects.filter(pk__in=chunk, carton=None).update(carton=carton) < len(chunk):
                raise CodesRefused([_("Some were packed by hand in the meantime. Pack again.")])
        _note_packing(zip(cartons, chunks, strict=True), codes, at=at, by=by)
    return cartons


def _loose(codes: Selection, batch: Batch) -> QuerySet[Code]:
    return codes.living.filter(batch=batch, carton=None).exclude(state=Code.State.SOLD)


def _note_packing(
    packed: Iterable[tuple[Carton, list[int]]], codes: Selection, *, at: datetime, by: User | None
) -> None:
    kind = CodeAct.Kind.PACK
    CodeAct.objects.bulk_create(
        CodeAct(kind=kind, count=len(keys), at=at, by=by, carton=carton, run=codes.run, batch=carton.batch)
        for carton, keys in packed
    )


def _reasons_against_packing(carton: Carton, codes: Selection) -> Iterator[Promise | str]:
    checks = (
        (codes.codes.exclude(batch=carton.batch_id), _("Not of the batch of this carton: {serials}")),
        (codes.codes.filter(state=Code.State.VOIDED), _("Void: {serials}")),
        (codes.codes.filter(state=Code.State.SOLD), _("Sold already: {serials}")),
        (codes.codes.exclude(carton=None).exclude(carton=carton), _("In another carton: {serials}")),
    )
    for wrong, sentence in checks:
        try:
            refuse(wrong, sentence)
        except CodesRefused as error:
            yield from error.reasons
    inside = Code.objects.filter(carton=carton).count()
    coming = codes.codes.exclude(carton=carton).count()
    if inside + coming > carton.capacity:
        yield format_lazy(
            _("It holds {capacity}: {inside} are in it, {coming} would come in."),
            capacity=carton.capacity,
            inside=inside,
            coming=coming,
        )
