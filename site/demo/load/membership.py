"""Applications for membership in every state, with their papers and their trail."""

import hashlib
from typing import Any

from django.core.files.base import ContentFile

from accounts.models import User
from brand.acts.models import record_act
from brand.counters.models import next_number
from brand.membership.drafts import TYPED
from brand.membership.models import MembershipApplication, MembershipPaper
from brand.membership.terms import MembershipTerms, terms_of
from brand.private import private_storage
from brand.typeset import FontMissing, typeset
from demo.load.content import FOLDER, SHARED
from demo.load.county import County
from demo.load.people import login
from lib.phone import normalise_phone
from notices.send import ON_SITE, send_notice

BY_OFFICER = {"returned", "approved", "refused", "noted"}
_TOLD = {"returned", "approved", "refused"}
_TEMPLATE = FOLDER / SHARED / "application_paper.typ"


def add_membership(county: County) -> None:
    """Add the terms of the county and the applications its content tells of."""
    content = county.content("membership")
    if terms := content.get("terms"):
        MembershipTerms.objects.create(region=county.region, **terms)
    for words in content["application"]:
        _add(county, words)


def _add(county: County, words: dict[str, Any]) -> None:
    steps: list[list[Any]] = words.get("steps", [])
    applicant = _person(words["applicant"])
    application = MembershipApplication(
        region=county.region,
        applicant=applicant,
        state=words["state"],
        version=len(steps) + 1,
        remarks=words.get("remarks", {}),
        before=words.get("before", {}),
        reason=words.get("reason", ""),
        created_at=county.calendar.moment(words["begun_days"], "19:20"),
        changed_at=county.calendar.moment(steps[-1][0] if steps else words["begun_days"], "19:45"),
        member=county.members.get(words.get("member", "")),
        **{name: words[name] for name in TYPED if name in words},
    )
    if words.get("confirmed", True) and application.contact_phone:
        application.confirmed_phone = normalise_phone(application.contact_phone)
    _date(county, application, steps)
    application.save()
    for kind in words.get("papers", []):
        _add_paper(application, kind)
    for days, verb, *note in steps:
        _record(county, application, days, verb, note[0] if note else "")
    if application.state in _TOLD and words["applicant"] == "consumer":
        _tell(application, applicant)


def _date(county: County, application: MembershipApplication, steps: list[list[Any]]) -> None:
    """Fill in number, days and decision from the steps."""
    sent = [days for days, verb, *_note in steps if verb.startswith("submitted")]
    if sent:
        year = county.calendar.day(sent[0]).year
        application.number = f"RH-{year}-{next_number(f'membership.{year}'):04d}"
        application.submitted_at = county.calendar.moment(sent[-1], "10:05")
    if application.state == MembershipApplication.State.SUBMITTED:
        application.due_on = county.calendar.day(sent[-1] - terms_of(county.region).review_days)
    if application.state in {"approved", "refused"}:
        application.decided_at = county.calendar.moment(steps[-1][0], "15:30")
        application.decided_by = _person("brand_officer")


def _record(county: County, application: MembershipApplication, days: int, verb: str, note: str) -> None:
    record_act(
        application,
        verb,
        by=_person("brand_officer") if verb in BY_OFFICER else application.applicant,
        at=county.calendar.moment(days, "15:30" if verb in BY_OFFICER else "10:05"),
        note=note,
        detail={"fields": sorted(application.remarks or application.before)} if verb == "returned" else {},
    )


def _add_paper(application: MembershipApplication, kind: str) -> None:
    label = str(MembershipPaper.Kind(kind).label)
    rows = [
        ["名称", application.name],
        ["统一社会信用代码", application.credit_code],
        ["住所", application.address],
    ]
    try:
        paper = typeset(_TEMPLATE, {"title": f"{label}（示例）", "rows": rows})
    except FontMissing:
        return
    digest = hashlib.sha256(paper).hexdigest()
    where = f"membership/{application.pk}/{digest[:20]}.pdf"
    MembershipPaper.objects.create(
        application=application,
        kind=kind,
        file=private_storage().save(where, ContentFile(paper)),
        name=f"{label}.pdf",
        size=len(paper),
        sha256=digest,
        added_at=application.changed_at,
    )


def _tell(application: MembershipApplication, user: User) -> None:
    context = {"name": application.name, "number": application.number or "", "reason": application.reason}
    send_notice(
        kind=f"membership_{application.state}",
        to=ON_SITE,
        user=user,
        context=context,
        at=application.changed_at,
        key=f"demo.membership.{application.pk}",
        url=f"/brand/join/{application.pk}/",
    )


def _person(name: str) -> User:
    """Return one of the demo's accounts, or an invented applicant nobody signs in as."""
    email = login(name)
    user = User.objects.filter(email=email).first()
    return user or User.objects.create_user(email, None, last_name="示例", first_name="申请人")
