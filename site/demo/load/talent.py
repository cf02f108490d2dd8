"""The talent pool: who came in with their consent, who looks for people, who asked and was answered."""

from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from demo.load.county import County
from demo.load.learning import learn_all
from demo.load.people import login
from training.certificates.settling import settle_if_due
from training.learning.joining import become_trainee, enrol
from training.models import CoursePage, JobPost, Trainee
from training.talent import agreement
from training.talent.applying import apply_for
from training.talent.contacting import accept, ask
from training.talent.joining import Profile, join
from training.talent.looking import look
from training.talent.posting import Post, approve, send_in

_OF_THE_PERSON = {"of", "name", "group", "course", "days"}
_OF_THE_JOB = {"member", "days", "open_days", "applies", "words", "waits"}


def add_talent(county: County) -> None:
    """Fill the county's pool; the demo's own trainee stays out, so that joining can be tried."""
    words = county.content("talent")
    people = {}
    for number, each in enumerate(words.get("person", [])):
        at = county.calendar.at - timedelta(days=each["days"])
        trainee = _trainee(county, each, number, at)
        people[trainee.name] = trainee
        told = {key: value for key, value in each.items() if key not in _OF_THE_PERSON}
        works: dict[str, Any] = {name: tuple(told.pop(name)) for name in ("abilities", "interests")}
        profile = Profile(**told, **works, phone=trainee.user.phone or "")
        join(
            trainee=trainee, region=county.region, profile=profile, agreed=True, version=agreement.VERSION,
            at=at,
        )  # fmt: skip
    for each in words.get("job", []):
        _post(county, each, people)
    for each in words.get("request", []):
        _ask(county, each, people[each["person"]])


def _trainee(county: County, words: dict[str, Any], number: int, at: datetime) -> Trainee:
    if "of" in words:
        return Trainee.objects.select_related("user").get(name=words["of"], region=county.region)
    phone = f"+8613730{county.region.pk % 100:02d}{number:04d}"
    user = User.objects.create_user(phone=phone, verified=True)
    began = at - timedelta(days=9)
    who = {name: words[name] for name in ("name", "group", "place")}
    trainee = become_trainee(user=user, region=county.region, at=began, **who)
    course = CoursePage.objects.descendant_of(county.home).get(slug=words["course"])
    enrolment = enrol(trainee=trainee, course=course, at=began)
    learn_all(enrolment)
    settle_if_due(enrolment, at=at - timedelta(days=1))
    return trainee


def _post(county: County, words: dict[str, Any], people: dict[str, Trainee]) -> JobPost:
    at = county.calendar.at - timedelta(days=words["days"])
    facts = {key: value for key, value in words.items() if key not in _OF_THE_JOB}
    post = Post(**facts, until=county.calendar.day(-words["open_days"]))
    job = send_in(member=county.members[words["member"]], by=_person("member"), post=post, at=at)
    if "waits" not in words:
        approve(job=job, by=_person("training_officer"), at=at + timedelta(hours=3))
    if name := words.get("applies"):
        apply_for(job=job, trainee=people[name], words=words["words"], at=at + timedelta(days=1))
    return job


def _ask(county: County, words: dict[str, Any], trainee: Trainee) -> None:
    at, member = county.calendar.at - timedelta(days=words["days"]), county.members[words["member"]]
    look(talent=trainee.talent, member=member, by=_person("member"), at=at)
    request = ask(
        talent_pk=trainee.talent.pk, member=member, by=_person("member"), message=words["message"], at=at
    )
    accept(request=request, trainee=trainee, answer=words["answer"], at=at + timedelta(hours=5))


def _person(role: str) -> User:
    return User.objects.get(email=login(role))
