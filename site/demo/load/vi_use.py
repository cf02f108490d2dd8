"""How the VI library is used: the terms by version, who accepted them, what was taken and how it went."""

from datetime import timedelta
from itertools import cycle, islice
from typing import Any

from accounts.models import User
from brand.models import Licence, Member, VIAcceptance, VIAgreement, VIDownload, VIFile
from brand.vi.accepting import publish_agreement
from brand.vi.writing_terms import draft_agreement
from demo.load.content import SHARED, read
from demo.load.county import County
from demo.load.makers import REPRESENTED
from demo.load.people import login


def add_vi_use(county: County) -> None:
    """Add terms, acceptances and a log with every state; it needs the library, members and licences."""
    first = _add_terms(county)
    member = county.members.get(REPRESENTED) or next(iter(county.members.values()))
    user = User.objects.get(email=login("member")) if member.slug == REPRESENTED else None
    accepted_at = county.calendar.moment(64, "08:50")
    # the newest version of the first county waits for the demo's member: it is due on the desk
    VIAcceptance.objects.create(agreement=first, member=member, user=user, at=accepted_at)
    for number, words in enumerate(read(SHARED, "vi_downloads")["download"]):
        _add_line(county, words, number=number, member=member, user=user, terms=first)


def _add_terms(county: County) -> VIAgreement:
    """Publish the versions of the county; return the first."""
    content = read(SHARED, "vi_terms")
    officer = User.objects.get(email=login("brand_officer"))
    versions = []
    for words in content["version"]:
        if words.get("only", county.slug) != county.slug:
            continue
        texts = {
            "title": content["title"].format(**county.words),
            "text": words["text"].strip().format(**county.words),
            "changes": words["changes"],
        }
        version = draft_agreement(region=county.region, **texts)
        publish_agreement(version, by=officer, at=county.calendar.moment(words["days"], "09:00"))
        versions.append(version)
    return versions[0]


def _add_line(
    county: County,
    words: dict[str, Any],
    *,
    number: int,
    member: Member,
    user: User | None,
    terms: VIAgreement,
) -> None:
    files = _files(county, words["access"], words.get("zip", 1))
    is_public = words["access"] == "public"
    size = sum(file.size for file in files)
    began = min(county.calendar.moment(words["days"], words["clock"]), county.calendar.at)
    licence = _licence(member) if words["access"] == "licensees" else None
    more = f" +{len(files) - 1}" if len(files) > 1 else ""
    line = VIDownload.objects.create(
        region=county.region,
        user=None if is_public else user,
        member=None if is_public else member,
        licence=licence,
        agreement=None if is_public else terms,
        label=f"{files[0].version.asset.title} · {files[0].name}{more}",
        contents=[[file.version.asset.title, file.version.number, file.name] for file in files],
        is_zip="zip" in words,
        link=f"demo-{county.slug}-{number}",
        size=size,
        bytes_sent=int(size * words["part"]),
        answers=words.get("answers", 1),
        state=words["state"],
        reason=words.get("reason", "").format(licence=licence.number if licence else ""),
        begun_at=began,
        ended_at=None if words["state"] == "begun" else began + timedelta(seconds=3 + 2 * len(files)),
    )
    line.files.set(files)


def _files(county: County, access: str, count: int) -> list[VIFile]:
    """Return some current files of that access, or of any where the county has too few."""
    current = VIFile.objects.filter(version__asset__region=county.region, version__current=True)
    rows = current.select_related("version__asset").order_by("version__asset__position", "pk")
    found = list(rows.filter(version__asset__access=access)[:count]) or list(rows[:count])
    return list(dict.fromkeys(islice(cycle(found), count)))


def _licence(member: Member) -> Licence | None:
    return member.licences.order_by("-valid_to").first()
