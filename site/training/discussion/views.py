"""What a trainee says about a course: notes and questions on the page of a lesson, the discussion."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from training.courses.course import CoursePage
from training.courses.lesson import LessonPage
from training.discussion.access import part_of, reads_all
from training.discussion.asking import ask
from training.discussion.contributions import Contribution
from training.discussion.notes import Note
from training.discussion.noting import write_note
from training.discussion.queries import read_by, shown_questions
from training.discussion.refusals import NotSaid
from training.discussion.talking import contribute, report
from training.learning.desk import enrolment_of
from training.learning.enrolments import Enrolment
from training.learning.views import course_of, training

ON_A_PAGE = 20


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def lesson_words(request: HttpRequest, lesson: int) -> HttpResponse:
    """Take a note or a question from the page of a lesson, and lead back there; what is refused stays."""
    page = get_object_or_404(LessonPage.objects.live(), pk=lesson)
    mine = enrolment_of(cast("User", request.user), page.get_parent().pk)
    back = redirect(f"{page.get_url(request)}#words")
    if request.method != "POST" or mine is None:
        return back
    text, now = request.POST.get("text", ""), timezone.now()
    try:
        if request.POST.get("kind") == "question":
            ask(enrolment=mine, lesson=page, text=text, at=now)
            messages.success(
                request, _("Your question is with the teacher. We tell you when it is answered.")
            )
        else:
            write_note(enrolment=mine, lesson=page, text=text, second=_second(request), at=now)
    except NotSaid as refused:
        return _typed_again(request, page, str(refused))
    return back


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw one's own note away."""
    rows = Note.objects.filter(enrolment__trainee__user=cast("User", request.user))
    note = get_object_or_404(rows.select_related("enrolment__course"), pk=pk)
    if request.method == "POST":
        note.delete()
    return redirect("training:my-course", slug=note.enrolment.course.slug)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def discussion(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is said in a course; posted, say something. What was refused stays in its field."""
    course = course_of(request, slug)
    user = cast("User", request.user)
    mine = part_of(user, course.pk)
    if mine is None and (request.method == "POST" or not reads_all(user)):
        messages.info(request, _("Who is in the course can take part."))
        return redirect(course.get_url(request))
    refused = _contribute(request, mine) if mine and request.method == "POST" else ""
    if request.method == "POST" and not refused:
        return redirect("training:discussion", slug=slug)
    own = _course_step(course)
    context = {
        "title": _("Discussion"),
        "trail": [training(), own, (_("Discussion"), "")],
        "course": course,
        "enrolment": mine,
        "contributions": Paginator(read_by(mine.trainee if mine else None, course), ON_A_PAGE).get_page(
            request.GET.get("page")
        ),
        "questions": shown_questions(course)[:ON_A_PAGE],
        "refused": refused,
        "typed": request.POST.get("text", ""),
        "reply_to": request.POST.get("reply_to", ""),
        "longest": Contribution.LONGEST,
    }
    return render(request, "training/discussion/discussion.html", context, status=400 if refused else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask what is wrong with a contribution; posted, write it down."""
    said = get_object_or_404(Contribution.objects.shown().select_related("course", "trainee"), pk=pk)
    mine = part_of(cast("User", request.user), said.course_id)
    if mine is None:
        messages.info(request, _("Who is in the course can take part."))
        return redirect(said.course.get_url(request))
    refused = ""
    if request.method == "POST":
        try:
            report(
                contribution=said, trainee=mine.trainee, why=request.POST.get("why", ""), at=timezone.now()
            )
        except NotSaid as error:
            refused = str(error)
        else:
            messages.success(request, _("Thank you. Somebody looks at it."))
            return redirect("training:discussion", slug=said.course.slug)
    typed = request.POST.get("why", "")
    context = {
        "title": _("Report it"),
        "said": said,
        "course": said.course,
        "refused": refused,
        "typed": typed,
    }
    return render(request, "training/discussion/report.html", context, status=400 if refused else 200)


def _typed_again(request: HttpRequest, lesson: LessonPage, refused: str) -> HttpResponse:
    """Show what was typed with the reason it was not taken."""
    title = _("Note it, ask about it")
    context = {
        "title": title,
        "trail": [training(), (lesson.title, lesson.get_url(request) or ""), (title, "")],
        "page": lesson,
        "refused": refused,
        "typed": request.POST.get("text", ""),
        "second": _second(request),
    }
    return render(request, "training/discussion/refused.html", context, status=400)


def _course_step(course: CoursePage) -> tuple[str, str]:
    """Return the step of the trail that leads to a course."""
    return course.title, course.get_url() or ""


def _contribute(request: HttpRequest, mine: Enrolment) -> str:
    """Write down what is said; return why not, or nothing."""
    number = request.POST.get("reply_to", "")
    shown = Contribution.objects.shown().filter(course=mine.course)
    reply_to = shown.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 18 else None
    try:
        if number and reply_to is None:
            raise NotSaid(_("What you reply to is not there any more."))
        said = contribute(
            trainee=mine.trainee,
            course=mine.course,
            text=request.POST.get("text", ""),
            reply_to=reply_to,
            at=timezone.now(),
        )
    except NotSaid as refused:
        return str(refused)
    if said.state == Contribution.State.WAITING:
        messages.info(request, _("A teacher reads it first; then the others see it."))
    return ""


def _second(request: HttpRequest) -> int | None:
    typed = request.POST.get("second", "")
    return int(typed) if typed.isdecimal() and len(typed) < 6 else None
