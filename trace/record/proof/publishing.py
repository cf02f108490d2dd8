"""Publishing the digest of a day: the head of every event chain, and the events since the digest before.

Whoever keeps one such file can prove later that nothing in it was rewritten, even with all hashes
recomputed: our own chain would then still contradict the file. Each file names the hash of the one before,
so that one kept file vouches for all earlier ones.
"""

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from record.models import ChainDigest, Event
from record.proof.files import FORMAT, Head, parse_digest

_COLUMNS = (
    "batch_id",
    "sequence",
    "hash",
    "recorded_at",
    "batch__lot",
    "batch__product__gtin",
    "batch__product__slug",
)


class AlreadyPublished(Exception):
    """There is a digest of that day or of a later one."""


def publish_digest(*, at: datetime) -> ChainDigest:
    """Publish the digest of the day of `at`: what was recorded until then. One query reads the chains.

    Raises:
        AlreadyPublished: there is one, or another process was faster.
    """
    day = timezone.localtime(at).date()
    last = ChainDigest.objects.order_by("-date").first()
    if last and last.date >= day:
        raise AlreadyPublished
    before = {head.id: head.events for head in parse_digest(last.text).heads} if last else {}
    heads = list(_heads(before, until=at))
    file = _file(heads, at=at, last=last)
    digest = ChainDigest(
        date=day,
        made_at=at,
        batches=len(heads),
        events=sum(head.events for head in heads),
        sha256=hashlib.sha256(file).hexdigest(),
        previous_sha256=last.sha256 if last else "",
        content=gzip.compress(file, mtime=0),
    )
    try:
        with transaction.atomic():
            digest.save()
    except IntegrityError as error:  # of two workers one is second; what it would publish is the same
        raise AlreadyPublished from error
    return digest


def _heads(before: dict[int, int], *, until: datetime) -> Iterator[Head]:
    """Yield the head of each chain; `before` is how many events of each batch were told already."""
    rows = Event.objects.order_by("batch_id", "sequence").values_list(*_COLUMNS).iterator(chunk_size=5_000)
    for batch, chain in groupby(rows, key=itemgetter(0)):
        told = before.get(batch, 0)
        hashes: list[str] = []
        name = ""
        for _batch, _sequence, own, recorded_at, lot, gtin, slug in chain:
            if recorded_at > until:
                break
            hashes.append(own)
            name = f"{gtin or slug}/{lot}"
        if hashes:
            yield Head(id=batch, batch=name, events=len(hashes), head=hashes[-1], new=hashes[told:])


def _file(heads: Iterable[Head], *, at: datetime, last: ChainDigest | None) -> bytes:
    """Return the file: JSON with a line per chain, so that two days can be compared with `diff`."""
    previous = {"date": f"{last.date:%Y-%m-%d}", "sha256": last.sha256} if last else None
    facts: dict[str, Any] = {
        "format": FORMAT,
        "date": f"{timezone.localtime(at):%Y-%m-%d}",
        "made_at": timezone.localtime(at).isoformat(timespec="seconds"),
        "algorithm": "sha-256",
        "previous": previous,
    }
    begin = json.dumps(facts, ensure_ascii=False, indent=1).removesuffix("\n}")
    lines = ",\n".join(json.dumps(head.facts(), ensure_ascii=False, separators=(",", ":")) for head in heads)
    return f'{begin},\n "heads": [\n{lines}\n]}}\n'.encode()
