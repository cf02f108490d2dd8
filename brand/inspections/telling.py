"""Who hears of inspections and findings. Call these after the transaction has committed."""

from datetime import datetime

from brand.addresses import FINDINGS_DESK, finding_desk
from brand.inspections.findings import Finding, FindingAnswer
from brand.inspections.models import Inspection
from brand.telling import tell_member, tell_officers


def tell_of_visit(inspection: Inspection, *, at: datetime) -> None:
    """Tell the member that somebody will come, where the visit is announced."""
    licence = inspection.licence
    context = {
        "day": inspection.planned_on,
        "inspectors": inspection.inspectors,
        "number": licence.number,
        "place": inspection.place or licence.member.address,
    }
    key = f"inspection:{inspection.pk}:{inspection.planned_on}"
    tell_member(licence.member, kind="inspection_planned", context=context, at=at, key=key, url=FINDINGS_DESK)


def tell_member_of(finding: Finding, kind: str, *, at: datetime, key: str, reason: str = "") -> None:
    """Tell the member about one finding: `finding_<kind>` are the words."""
    tell_member(
        finding.inspection.licence.member,
        kind=f"finding_{kind}",
        context=_facts(finding, reason=reason),
        at=at,
        key=f"finding:{finding.pk}:{kind}:{key}",
        url=finding_desk(finding),
    )


def tell_officers_of(
    finding: Finding, kind: str, *, at: datetime, key: str, answer: FindingAnswer | None = None
) -> None:
    """Tell the brand officers about one finding, leading to its page in the back office."""
    tell_officers(
        kind=f"finding_{kind}",
        context={**_facts(finding), "text": answer.text if answer else ""},
        at=at,
        key=f"finding:{finding.pk}:{kind}:{key}:officers",
        url=f"/cms/brand-findings/{finding.pk}/",
    )


def _facts(finding: Finding, *, reason: str = "") -> dict[str, object]:
    return {
        "name": finding.name,
        "member": finding.inspection.licence.member.name,
        "wrong": finding.wrong,
        "demand": finding.demand,
        "due": finding.due_on,
        "reason": reason,
    }
