"""What was promised, and who finished: lessons learnt, exam passed, the certificate come by the rules."""

from datetime import date, timedelta

from accounts.models import User
from demo.load.county import County
from demo.load.learning import learn_all
from demo.load.people import login
from training.certificates.issuing import revoke, settle
from training.exams.answering import Given, keep_answers
from training.exams.beginning import begin
from training.exams.handing_in import hand_in
from training.learning.joining import become_trainee, enrol
from training.models import CertificateTerms, CoursePage, Enrolment, Exam, TrainingTarget


def add_certificates(county: County) -> None:
    """Add who signs, what was promised, and those who finished."""
    words = county.content("certificates")
    CertificateTerms.objects.create(region=county.region, **words["terms"])
    for each in words.get("target", []):
        days = {name: date.fromisoformat(each[name]) for name in ("since", "until")}
        TrainingTarget.objects.create(region=county.region, **{**each, **days})
    for number, each in enumerate(words.get("graduate", [])):
        at = county.calendar.at - timedelta(days=each["days"])
        course = CoursePage.objects.descendant_of(county.home).get(slug=each["course"])
        phone = f"+8613720{county.region.pk % 100:02d}{number:04d}"
        trainee = become_trainee(
            user=User.objects.create_user(phone=phone, verified=True),
            name=each["name"], group=each["group"], region=county.region, place=each["place"], at=at,
        )  # fmt: skip
        # an officer writes them in: the course asks for another one first
        enrolment = enrol(trainee=trainee, course=course, by=_officer(), at=at)
        _finish(enrolment, revoked=each.get("revoked", ""))


def _finish(enrolment: Enrolment, *, revoked: str) -> None:
    """Learn all, pass the exam two days later, and lose the certificate again where `revoked` says why."""
    learn_all(enrolment)
    at = enrolment.enrolled_at + timedelta(days=2)
    exam = Exam.objects.get(course=enrolment.course, lesson=None)
    attempt = begin(exam=exam, trainee=enrolment.trainee, at=at)
    given = [Given(item.place, item.right, 1) for item in attempt.items.all()]
    keep_answers(attempt=attempt, given=given, at=at + timedelta(minutes=6))
    hand_in(attempt=attempt, at=at + timedelta(minutes=7))
    certificate = settle(enrolment, at=at + timedelta(minutes=8))
    if certificate and revoked:
        revoke(certificate=certificate, why=revoked, by=_officer(), at=at + timedelta(days=1))


def _officer() -> User:
    return User.objects.get(email=login("training_officer"))
