"""Writing the log of downloads: begun, taken up again, ended."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from accounts.models import User
from brand.vi.access import Grant
from brand.vi.agreements import VIAgreement
from brand.vi.downloads import VIDownload
from brand.vi.links import Link
from brand.vi.versions import VIFile
from lib.handover import Outcome

_LABEL = VIDownload._meta.get_field("label").max_length or 0


def begin_download(
    link: Link,
    *,
    files: Sequence[VIFile],
    grants: Sequence[Grant],
    user: User | None,
    agreement: VIAgreement | None,
    size: int,
    at: datetime,
) -> None:
    """Write down that an answer to `link` begins; a further answer adds to the line of the first."""
    member = next((grant.member for grant in grants if grant.member), None)
    licence = next((grant.licence for grant in grants if grant.licence), None)
    with transaction.atomic():
        line, is_new = VIDownload.objects.get_or_create(
            link=link.key,
            defaults={
                "region": files[0].version.asset.region,
                "user": user,
                "member": member,
                "licence": licence,
                "agreement": agreement if member else None,
                "label": _label(files),
                "contents": [[file.version.asset.title, file.version.number, file.name] for file in files],
                "is_zip": link.is_zip,
                "size": size,
                "begun_at": at,
            },
        )
        if is_new:
            line.files.set(files)
        VIDownload.objects.filter(pk=line.pk).update(answers=F("answers") + 1)


def end_download(link: Link, *, outcome: Outcome, sent: int, why: str, at: datetime) -> None:
    """Write down how an answer to `link` ended.

    A download is complete when an answer ran to its end and all answers together sent as much as there is: a
    program that fetches eight parts at once ends one line, not eight. Complete stays complete.
    """
    with transaction.atomic():
        # the row is locked: two parts may end at once, and each adds what it sent
        line = VIDownload.objects.select_for_update().get(link=link.key)
        line.bytes_sent += sent
        line.ended_at = at
        if line.state != VIDownload.State.COMPLETED:
            line.state = _state(outcome, line)
            line.reason = why
        line.save(update_fields=["bytes_sent", "ended_at", "state", "reason"])


def has_begun(link: Link) -> bool:
    """Tell whether a download by this link began. One query."""
    return VIDownload.objects.filter(link=link.key).exists()


def _state(outcome: Outcome, line: VIDownload) -> VIDownload.State:
    if outcome is Outcome.STOPPED:
        return VIDownload.State.STOPPED
    is_whole = outcome is Outcome.COMPLETED and line.bytes_sent >= line.size
    return VIDownload.State.COMPLETED if is_whole else VIDownload.State.ABORTED


def _label(files: Sequence[VIFile]) -> str:
    first = files[0]
    more = f" +{len(files) - 1}" if len(files) > 1 else ""
    label = f"{first.version.asset.title} · {first.name}"
    return label[: _LABEL - len(more)] + more
