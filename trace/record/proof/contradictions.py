"""What in the database contradicts a digest that somebody kept.

The kept file is the truth. It names the hash of the digest before it; a digest stored here that has this
hash is therefore as good as the file, and so on backwards. With those the event is found that was
rewritten, not only the head that differs.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from record.models import ChainDigest, Event
from record.proof.files import Digest, Head, UnreadableDigest, parse_digest, sha256

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Contradiction:
    """An event that is not what the digest says of it.

    `problem` is `rewritten`, `lost` (the chain is shorter, or the batch is gone) or `rewritten_before` (this
    event or one before it: the digests at hand do not tell which).
    """

    batch: str
    sequence: int
    problem: str
    title: str = ""


def contradictions(digest: Digest, *, batch: int | None = None) -> Iterator[Contradiction]:
    """Yield the first event of each chain that contradicts `digest`; only of one batch when its id is given.

    Reads the hashes in chunks of batches; the stored digests only when something does not fit.
    """
    heads = [head for head in digest.heads if batch is None or head.id == batch]
    differing = _differing(heads)
    suspects = [head for head in heads if head.id in differing]
    if suspects:
        wanted = {head.id for head in suspects}
        told = _told(wanted, [digest, *trusted_before(digest)])
        for chunk in _chunks(suspects):
            stored = _stored(chunk)
            for head in chunk:
                yield _first(head, told[head.id], stored.get(head.id, {}))


def trusted_before(digest: Digest) -> Iterator[Digest]:
    """Yield the stored digests that `digest` vouches for, newest first."""
    while digest.previous:
        stored = ChainDigest.objects.filter(date=digest.previous.date).first()
        if stored is None or sha256(stored.text) != digest.previous.sha256:
            return
        digest = parse_digest(stored.text)
        yield digest


def altered_digests(file: bytes) -> Iterator[str]:
    """Yield the days whose stored digest is not the one that was published, as far as `file` vouches."""
    digest = parse_digest(file)
    own = ChainDigest.objects.filter(date=digest.date).first()
    if own is not None and own.text != file:
        yield f"{digest.date:%Y-%m-%d}"
    oldest = digest
    for oldest in trusted_before(digest):  # noqa: B007 - the last one is what counts
        pass
    if oldest.previous:  # the chain of digests ends although the oldest trusted one names another
        yield f"{oldest.previous.date:%Y-%m-%d}"


def _differing(heads: list[Head]) -> set[int]:
    """Return the batches with an event that is not what its head says."""
    return {
        head.id
        for chunk in _chunks(heads)
        for stored in [_stored(chunk)]
        for head in chunk
        if any(stored.get(head.id, {}).get(place, ("",))[0] != own for place, own in head.hashes().items())
    }


def _told(batches: set[int], digests: Iterable[Digest]) -> dict[int, dict[int, str]]:
    """Return everything the digests say of the events of these batches, by sequence."""
    told: dict[int, dict[int, str]] = {batch: {} for batch in batches}
    for digest in digests:
        for head in digest.heads:
            if head.id in told:
                told[head.id] = head.hashes() | told[head.id]
    return told


def _first(head: Head, told: dict[int, str], stored: dict[int, tuple[str, str]]) -> Contradiction:
    """Return the first event that is not what was told of it."""
    sequence = min(place for place, own in told.items() if stored.get(place, ("",))[0] != own)
    if sequence not in stored:
        return Contradiction(head.batch, sequence, "lost")
    sure = sequence == 1 or sequence - 1 in told
    return Contradiction(
        head.batch, sequence, "rewritten" if sure else "rewritten_before", stored[sequence][1]
    )


def _stored(heads: Iterable[Head]) -> dict[int, dict[int, tuple[str, str]]]:
    """Return hash and title of every event of these batches, by batch and sequence. One query."""
    found: dict[int, dict[int, tuple[str, str]]] = {}
    rows = Event.objects.filter(batch__in=[head.id for head in heads])
    for batch, sequence, own, title in rows.values_list("batch_id", "sequence", "hash", "title"):
        found.setdefault(batch, {})[sequence] = (own, title)
    return found


def _chunks(heads: list[Head]) -> Iterator[list[Head]]:
    for start in range(0, len(heads), _CHUNK):
        yield heads[start : start + _CHUNK]


__all__ = ["Contradiction", "UnreadableDigest", "altered_digests", "contradictions", "trusted_before"]
