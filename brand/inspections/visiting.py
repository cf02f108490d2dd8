"""What was seen on a visit: the checklist, the summary, the photos."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from brand.inspections.findings import Finding
from brand.inspections.models import Inspection, InspectionPhoto
from brand.inspections.points import InspectionPoint
from brand.inspections.refusals import InspectionRefused
from brand.members.interests import refuse_own

DONE, PHOTOGRAPHED = "done", "photographed"
HELD = ("yes", "no", "skipped")
MOST_PHOTOS = 40


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the checklist as it was answered; `held` is one of HELD."""

    text: str
    held: str
    note: str = ""


def points_for(inspection: Inspection) -> list[str]:
    """Return the lines an inspector goes through in the county of the licence. One query."""
    rows = InspectionPoint.objects.filter(region=inspection.licence.region_id, in_use=True)
    return list(rows.values_list("text", flat=True))


def record_visit(
    *,
    inspection: Inspection,
    done_on: date,
    checks: Sequence[Check],
    summary: str,
    by: User | None,
    at: datetime,
) -> None:
    """Keep what was seen. From here on findings can be raised.

    Raises:
        InspectionRefused: nothing was written, the day is to come, or it was done or called off already.
        ConflictOfInterest: the officer belongs to the member.
    """
    if by is not None:
        refuse_own(by, member=inspection.licence.member)
    if not summary.strip():
        raise InspectionRefused(_("Write what was seen, in a sentence or two."))
    if done_on > timezone.localdate(at):
        raise InspectionRefused(_("This day has not come yet."))
    facts = {
        "state": Inspection.State.DONE,
        "done_on": done_on,
        "checks": [asdict(check) for check in checks],
        "summary": summary.strip(),
    }
    with transaction.atomic():
        # compare-and-set: of two officers at once the first record stands
        if not Inspection.objects.filter(pk=inspection.pk, state=Inspection.State.PLANNED).update(**facts):
            raise InspectionRefused(_("This inspection was done or called off already."))
        for name, value in facts.items():
            setattr(inspection, name, value)
        record_act(inspection, DONE, by=by, at=at)


def add_photos(
    *,
    inspection: Inspection,
    pictures: Iterable[ContentFile],
    caption: str,
    by: User | None,
    at: datetime,
    finding: Finding | None = None,
) -> int:
    """Keep photos (already read by `lib.pictures`) of a visit and return how many; files before rows.

    Raises:
        InspectionRefused: too many, or the finding is of another inspection.
        ConflictOfInterest: the officer belongs to the member.
    """
    if by is not None:
        refuse_own(by, member=inspection.licence.member)
    pictures = list(pictures)
    if inspection.photos.count() + len(pictures) > MOST_PHOTOS:
        raise InspectionRefused(_("An inspection keeps at most 40 photos."))
    if finding is not None and finding.inspection_id != inspection.pk:
        raise InspectionRefused(_("This finding belongs to another inspection."))
    for picture in pictures:
        InspectionPhoto.objects.create(
            inspection=inspection, finding=finding, file=picture, caption=caption.strip(), at=at
        )
    record_act(inspection, PHOTOGRAPHED, by=by, at=at, detail={"photos": len(pictures)})
    return len(pictures)
