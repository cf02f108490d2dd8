"""What a trainee does with exams: see them, begin, read the paper and the result. Every page is personal."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from training.exams.appealing import may_appeal
from training.exams.attempts import Attempt
from training.exams.beginning import begin
from training.exams.forms import AppealForm
from training.exams.handing_in import GRACE, hand_in
from training.exams.papers import Exam
from training.exams.reading import may_review, my_exams, standing
from training.exams.refusals import ExamRefused, HandedInAlready, TooFewQuestions
from training.learning.trainees import Trainee


@never_cache
@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """`/training/exams/`: the exams of the courses somebody learns in."""
    trainee = trainee_of(request)
    context = {"title": _("My exams"), "standings": my_exams(trainee) if trainee else []}
    return render(request, "training/exams/mine.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def exam(request: HttpRequest, pk: int) -> HttpResponse:
    """`/training/exams/<pk>/`: the rules of one exam, the attempts so far; a POST begins."""
    found = get_object_or_404(Exam.objects.exclude(state=Exam.State.DRAFT).select_related("course"), pk=pk)
    return _begin(request, found) if request.method == "POST" else _show(request, found)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def quiz(request: HttpRequest, lesson: int) -> HttpResponse:
    """`/training/exams/quiz/<lesson>/`: the same for the quiz of a lesson."""
    quizzes = Exam.objects.exclude(state=Exam.State.DRAFT).select_related("course", "lesson")
    found = get_object_or_404(quizzes, lesson=lesson)
    return _begin(request, found) if request.method == "POST" else _show(request, found)


@never_cache
@login_required
@require_safe
def attempt(request: HttpRequest, pk: int) -> HttpResponse:
    """`/training/exams/attempts/<pk>/`: the paper while it is open, its result afterwards."""
    found, now = own_attempt(request, pk), timezone.now()
    if found.state == Attempt.State.OPEN and found.deadline and now > found.deadline + GRACE:
        try:
            hand_in(attempt=found, at=now)
        except HandedInAlready:  # by the worker, just now
            found.refresh_from_db()
    return paper(request, found) if found.state == Attempt.State.OPEN else _result(request, found)


def paper(
    request: HttpRequest, found: Attempt, *, unanswered: list[int] | None = None, status: int = 200
) -> HttpResponse:
    """Show a paper to answer; with `unanswered`, ask whether it is meant to be handed in like that."""
    items = list(found.items.select_related("picture"))
    context = {
        **frame(found.exam),
        "attempt": found,
        "items": items,
        "answered": sum(item.is_answered for item in items),
        "unanswered": unanswered,
        "seconds_left": _seconds_left(found),
    }
    kind = "quiz" if found.exam.is_quiz else "paper"
    return render(request, f"training/exams/{kind}.html", context, status=status)


def frame(found: Exam) -> dict[str, Any]:
    """Return what every page of an exam shows around it."""
    course = found.course
    trail = [(course.title, course.get_url()), (found.title, "")]
    return {"title": found.title, "exam": found, "course": course, "trail": trail}


def trainee_of(request: HttpRequest) -> Trainee | None:
    """Return who learns with this account, None before the first course."""
    return Trainee.objects.filter(user=request.user).first()  # type: ignore[misc]


def own_attempt(request: HttpRequest, pk: int) -> Attempt:
    """Return an attempt of this account.

    Raises:
        Http404: it is somebody else's, or there is none.
    """
    attempts = Attempt.objects.select_related("exam__course", "exam__lesson", "trainee")
    return get_object_or_404(attempts, pk=pk, trainee__user=request.user)


def _show(request: HttpRequest, found: Exam) -> HttpResponse:
    where = standing(exam=found, trainee=trainee_of(request), at=timezone.now())
    return render(request, "training/exams/exam.html", {**frame(found), "standing": where})


def _begin(request: HttpRequest, found: Exam) -> HttpResponse:
    trainee = trainee_of(request)
    try:
        if trainee is None:
            raise Http404
        return redirect("training:exams:attempt", begin(exam=found, trainee=trainee, at=timezone.now()).pk)
    except TooFewQuestions:
        messages.error(request, _("The paper is not ready yet. Tell the teacher; nothing was counted."))
    except ExamRefused as refused:
        messages.error(request, str(refused))
    return redirect(request.path)


def _result(request: HttpRequest, found: Attempt) -> HttpResponse:
    now = timezone.now()
    where = standing(exam=found.exam, trainee=found.trainee, at=now)
    shown = may_review(found, standing=where)
    items = found.items.select_related("picture").prefetch_related("markings") if shown else []
    context = {
        **frame(found.exam),
        "attempt": found,
        "standing": where,
        "items": items,
        "appeal": getattr(found, "appeal", None),
        "appeal_form": AppealForm() if may_appeal(found, at=now) else None,
    }
    return render(request, "training/exams/result.html", context)


def _seconds_left(found: Attempt) -> int | None:
    if found.deadline is None:
        return None
    return max(0, int((found.deadline - timezone.now()).total_seconds()))
