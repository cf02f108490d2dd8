"""Licensing before the decision: rules, what licences print, applications at every step of their way."""

from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

from accounts.models import User
from brand.licences.applications.drafts import Wish, begin_application
from brand.licences.applications.papers import add_paper
from brand.licences.applications.review import accept_application, return_application
from brand.licences.applications.submission import submit_application, withdraw_application
from brand.licences.decisions import license_application, refuse_application
from brand.licences.papers.words import freeze_words
from brand.licences.publicity.objections import answer_objection, object_to
from brand.licences.publicity.publishing import publish_application
from brand.licences.site_checks.models import POINTS
from brand.licences.site_checks.recording import record_site_check
from brand.models import ApplicationPaper, Licence, LicenceRules
from brand.typeset import FontMissing, typeset
from demo.load.county import County
from demo.load.people import login
from demo.load.pictures import FOLDER
from lib.pictures import read_picture

_PAPER = Path(__file__).with_name("paper.typ")


def add_licensing(county: County) -> None:
    """Lay down the rules, freeze what certificates say, and play the applications of the county."""
    content = county.content("licensing")
    rules = LicenceRules.objects.create(
        region=county.region, issuer=county.words["association"], **content["rules"]
    )
    for licence in Licence.objects.filter(region=county.region).select_related("member", "region", "renews"):
        freeze_words(licence, rules=rules)
    for words in content["application"]:
        _Story(county, words).play()


class _Story:
    """One application, step by step, each on its day."""

    def __init__(self, county: County, words: dict[str, Any]) -> None:
        self.county, self.words = county, words
        self.member = county.members[words["member"]]
        self.applicant = User.objects.get(email=login("member"))
        self.officer = User.objects.get(email=login("brand_officer"))
        self.checker = User.objects.get(email=login("admin"))  # who checks the site does not decide

    def play(self) -> None:
        """Begin it, then do each step the content tells of."""
        words = self.words
        renews = words.get("renews")
        wish = Wish(
            brand_name=words["brand_name"],
            trademark_classes=tuple(words.get("classes", ())),
            uses=tuple(words.get("uses", ())),
            purpose=words.get("purpose", ""),
            products={self.county.products[slug].pk: number for slug, number in words["products"].items()},
        )
        at = self._at(words["begun"])
        self.application = begin_application(
            member=self.member,
            wish=wish,
            by=self.applicant,
            at=at,
            renews=Licence.objects.get(region=self.county.region, number__endswith=renews)
            if renews
            else None,
        )
        self._add_papers(words.get("papers", ()), at=at)
        for step in words.get("step", []):
            getattr(self, f"_{step['do']}")(step, self._at(step["days"]))

    def _submit(self, step: dict[str, Any], at: datetime) -> None:
        submit_application(application=self.application, by=self.applicant, at=at)

    def _accept(self, step: dict[str, Any], at: datetime) -> None:
        accept_application(application=self.application, by=self.officer, at=at)

    def _return(self, step: dict[str, Any], at: datetime) -> None:
        said = {"remarks": step["remarks"], "note": step.get("note", "")}
        return_application(application=self.application, by=self.officer, at=at, **said)

    def _check(self, step: dict[str, Any], at: datetime) -> None:
        bad = step.get("bad", [])
        record_site_check(
            application=self.application,
            checked_on=self.county.calendar.day(step["days"]),
            place=step["place"],
            checked_by=step["checked_by"],
            findings={key: "bad" if key in bad else "good" for key in POINTS},
            words=step.get("words", ""),
            passed=not bad,
            photos=[_photo(self.county.slug)],
            by=self.checker,
            at=at,
        )

    def _publish(self, step: dict[str, Any], at: datetime) -> None:
        publish_application(application=self.application, by=self.officer, at=at)

    def _object(self, step: dict[str, Any], at: datetime) -> None:
        objection = object_to(application=self.application, words=step["words"], at=at)
        if answer := step.get("answer"):
            when = self._at(step["answered"])
            answer_objection(objection=objection, upheld=False, answer=answer, by=self.officer, at=when)

    def _license(self, step: dict[str, Any], at: datetime) -> None:
        license_application(application=self.application, by=self.officer, at=at)

    def _refuse(self, step: dict[str, Any], at: datetime) -> None:
        refuse_application(application=self.application, reason=step["reason"], by=self.officer, at=at)

    def _withdraw(self, step: dict[str, Any], at: datetime) -> None:
        withdraw_application(application=self.application, by=self.applicant, at=at)

    def _add_papers(self, kinds: list[str], *, at: datetime) -> None:
        for kind in kinds:
            label = str(ApplicationPaper.Kind(kind).label)
            file = _paper(title=label, member=self.member.name)
            add_paper(application=self.application, kind=kind, file=file, name=f"{label}.pdf", at=at)

    def _at(self, days: int) -> datetime:
        return self.county.calendar.moment(days, "10:20")


def _paper(*, title: str, member: str) -> ContentFile:
    """Return an example paper; one bare page where no fonts are installed."""
    try:
        data = typeset(_PAPER, {"title": title, "member": member})
    except FontMissing:
        data = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    return ContentFile(data, name="example.pdf")


def _photo(slug: str) -> ContentFile:
    return read_picture(BytesIO((FOLDER / f"camera-{slug}.webp").read_bytes()))
