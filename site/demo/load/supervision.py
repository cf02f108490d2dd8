"""Licences after they were given: quantities, inspections, findings; what was suspended or revoked, why."""

from datetime import datetime
from typing import Any

from accounts.models import User
from brand.inspections.answering import answer_finding, keep_proof
from brand.inspections.planning import call_off, plan_inspection
from brand.inspections.raising import raise_finding
from brand.inspections.settling import close_finding, return_finding
from brand.inspections.visiting import Check, add_photos, record_visit
from brand.licences.acts import reinstate_licence, revoke_licence, suspend_licence
from brand.models import Finding, Inspection, InspectionPoint, Licence, LicenceProduct
from demo.load.county import County
from demo.load.people import login
from demo.load.pictures import FOLDER
from lib.documents import read_document
from lib.pictures import read_picture
from record.codes.runs import make_run

State = Licence.State
_ACTS = {"suspend": suspend_licence, "reinstate": reinstate_licence, "revoke": revoke_licence}


def add_supervision(county: County) -> None:
    """Fill the county's checklist, its inspections and the trail of its licences."""
    content = county.content("inspections")
    for position, text in enumerate(content["points"], 1):
        InspectionPoint.objects.create(region=county.region, text=text, position=position)
    for words in content.get("quantity", []):
        _limit(county, **words)
    for words in content.get("ahead", []):
        _draw_ahead(county, **words)
    for words in content.get("inspection", []):
        _Visit(county, words).make()
    for words in content.get("act", []):
        _act(county, **words)


def _officer() -> User:
    return User.objects.get(email=login("brand_officer"))


def _licence(county: County, number: str) -> Licence:
    """Return the licence whose number ends so; the year in front of it depends on the day of loading."""
    return Licence.objects.select_related("member", "region").get(
        region=county.region, number__endswith=f"-{number}"
    )


def _limit(county: County, *, product: str, packages: int) -> None:
    """Say how many packages the licence in force allows; the batches have drawn some of them already."""
    covers = LicenceProduct.objects.filter(product=county.products[product], licence__state=State.VALID)
    covers.filter(licence__valid_to__gte=county.calendar.day(0)).update(quantity=packages)


def _draw_ahead(county: County, *, product: str, quantity: int, days: int, note: str) -> None:
    at = county.calendar.moment(days, "09:20")
    make_run(product=county.products[product], quantity=quantity, at=at, note=note)


def _act(county: County, *, licence: str, verb: str, days: int, reason: str) -> None:
    """Do what the officer did. The content gives a licence in its last state: it begins in force instead."""
    found = _licence(county, licence)
    before = State.SUSPENDED if verb == "reinstate" else State.VALID
    Licence.objects.filter(pk=found.pk).update(state=before)
    at = county.calendar.moment(days, "16:30")
    _ACTS[verb](licence=found, reason=reason, by=_officer(), at=at)


class _Visit:
    """One inspection, from its plan to the last word about its findings."""

    def __init__(self, county: County, words: dict[str, Any]) -> None:
        self.county, self.words, self.officer = county, words, _officer()

    def make(self) -> None:
        """Plan it, do it or call it off, raise its findings."""
        inspection = self._planned()
        if reason := self.words.get("called_off"):
            call_off(inspection=inspection, reason=reason, by=self.officer, at=self._at(self.words["days"]))
        elif "done" in self.words:
            self._done(inspection)

    def _at(self, days: int, clock: str = "15:00") -> datetime:
        # what is planned for a day to come was planned yesterday
        return self.county.calendar.moment(max(days, 1), clock)

    def _planned(self) -> Inspection:
        words, calendar = self.words, self.county.calendar
        at = self._at(words["days"] + 6, "10:00")
        facts = {name: words[name] for name in ("kind", "announced", "place") if name in words}
        return plan_inspection(
            licence=_licence(self.county, words["licence"]),
            planned_on=calendar.day(words["days"]),
            inspectors=words["inspectors"],
            by=self.officer,
            at=at,
            **facts,
        )

    def _done(self, inspection: Inspection) -> None:
        words, at = self.words["done"], self._at(self.words["days"])
        wrong = words.get("wrong", {})
        points = InspectionPoint.objects.filter(region=self.county.region)
        checks = [
            Check(one.text, "no" if one.text in wrong else "yes", wrong.get(one.text, "")) for one in points
        ]
        day = self.county.calendar.day(self.words["days"])
        record_visit(
            inspection=inspection,
            done_on=day,
            checks=checks,
            summary=words["summary"],
            by=self.officer,
            at=at,
        )
        found = [self._found(inspection, one, at) for one in self.words.get("finding", [])]
        self._photo(inspection, found[0] if found else None, at)

    def _photo(self, inspection: Inspection, finding: Finding | None, at: datetime) -> None:
        with (FOLDER / "label-sheet.webp").open("rb") as file:
            pictures = [read_picture(file)]
        caption = "包装间里的标签（示例）"
        add_photos(
            inspection=inspection, pictures=pictures, caption=caption, finding=finding, by=self.officer, at=at
        )

    def _found(self, inspection: Inspection, words: dict[str, Any], at: datetime) -> Finding:
        facts = {name: words[name] for name in ("weight", "wrong", "demand")}
        due = self.county.calendar.day(words["due_days"])
        finding = raise_finding(inspection=inspection, due_on=due, by=self.officer, at=at, **facts)
        if answer := words.get("answer"):
            self._answered(finding, answer)
        return finding

    def _answered(self, finding: Finding, words: dict[str, Any]) -> None:
        at = self._at(words["days"], "11:20")
        with (FOLDER / "weighing-slip.webp").open("rb") as file:
            keep_proof(finding=finding, file=read_document(file), name="退库单.jpg", at=at)
        member = User.objects.filter(represents__member=finding.inspection.licence.member).first()
        answer_finding(finding=finding, text=words["text"], by=member, at=at)
        if note := words.get("closed"):
            close_finding(finding=finding, note=note, by=self.officer, at=self._at(words["days"] - 1))
        if reason := words.get("returned"):
            due = self.county.calendar.day(words["due_days"])
            at = self._at(words["days"] - 1)
            return_finding(finding=finding, reason=reason, due_on=due, by=self.officer, at=at)
