"""The trainee's own pages: desk, enrolling, leaving, reminders, and what the page of a lesson asks."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from cms.navigation import in_language
from training.courses.course import CoursePage
from training.learning.changing import change_trainee
from training.learning.desk import courses_of, enrolment_of, go_on
from training.learning.forms import TraineeForm
from training.learning.joining import become_trainee, enrol, leave
from training.learning.progress import lesson_progress
from training.learning.refusals import EnrolmentRefused
from training.models import Enrolment, LessonPage, Note, TeacherQuestion, Trainee
from training.watching.showing import shown_on_page


@never_cache
@login_required
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """Show what somebody learns, where they stopped first."""
    courses = courses_of(_user(request))
    going = [each for each in courses if each.enrolment.state == Enrolment.State.LEARNING]
    context = {
        "title": _("What I learn"),
        "trail": [training(), (_("What I learn"), "")],
        "first": going[0] if going else None,
        "lesson": go_on(going[0].enrolment) if going else None,
        "courses": courses,
        "trainee": Trainee.objects.filter(user=_user(request)).first(),
    }
    return render(request, "training/learning/me.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def enrol_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask who somebody is where that is not known, and for one press; posted, give the place."""
    course, user = course_of(request, slug), _user(request)
    mine = enrolment_of(user, course.pk)
    if mine is not None:
        return redirect("training:my-course", slug=slug)
    trainee = Trainee.objects.filter(user=user).first()
    form = None if trainee else TraineeForm(request.POST or None, initial={"name": user.get_full_name()})
    refused = ""
    if request.method == "POST" and (form is None or form.is_valid()):
        if form is not None:
            facts = {"region": request.region, "at": timezone.now(), **form.cleaned_data}  # type: ignore[attr-defined]
            trainee = become_trainee(user=user, **facts)
        try:
            return _greet(request, enrol(trainee=cast("Trainee", trainee), course=course, at=timezone.now()))
        except EnrolmentRefused as error:
            refused = str(error)
    context = {**_frame(course, _("Enrol")), "form": form, "trainee": trainee, "refused": refused}
    status = 400 if refused or (form and form.errors) else 200
    return render(request, "training/learning/enrol.html", context, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask whether somebody really leaves; posted, give the place to the next."""
    course = course_of(request, slug)
    mine = enrolment_of(_user(request), course.pk)
    if mine is None:
        return redirect(course.get_url(request))
    if request.method == "POST":
        try:
            leave(enrolment=mine, at=timezone.now())
        except EnrolmentRefused as error:
            messages.error(request, str(error))
            return redirect("training:my-course", slug=slug)
        messages.info(request, _("You have left. What you learnt is kept, should you come back."))
        return redirect("training:me")
    return render(request, "training/learning/leave.html", {**_frame(course, _("Leave")), "enrolment": mine})


@never_cache
@login_required
@require_safe
def my_course(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one course as somebody stands in it: lessons, notes, questions."""
    course, user = course_of(request, slug), _user(request)
    mine = enrolment_of(user, course.pk)
    if mine is None:
        return redirect(course.get_url(request))
    lessons = lesson_progress(mine)
    context = {
        **_frame(course, ""),
        "enrolment": mine,
        "lessons": lessons,
        "done": sum(each.is_done for each in lessons),
        "next": go_on(mine) if mine.state == Enrolment.State.LEARNING else None,
        "notes": Note.objects.filter(enrolment=mine).select_related("lesson"),
        "questions": TeacherQuestion.objects.filter(enrolment=mine).select_related("lesson"),
    }
    return render(request, "training/learning/course.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reminders(request: HttpRequest) -> HttpResponse:
    """Switch reminders on or off."""
    if request.method == "POST":
        wants = request.POST.get("wants") == "yes"
        Trainee.objects.filter(user=_user(request)).update(wants_reminders=wants)
        messages.success(request, _("You are reminded again.") if wants else _("No more reminders."))
    return redirect("training:me")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def about(request: HttpRequest) -> HttpResponse:
    """Show who somebody is as a trainee; posted, correct it. Nobody is one before their first course."""
    trainee = Trainee.objects.filter(user=_user(request)).first()
    if trainee is None:
        return redirect("training:me")
    facts = {"name": trainee.name, "group": trainee.group, "place": trainee.place}
    form = TraineeForm(request.POST or None, initial=facts)
    if request.method == "POST" and form.is_valid():
        change_trainee(trainee=trainee, **form.cleaned_data)
        messages.success(request, _("That is how we know you now."))
        return redirect("training:me")
    title = _("About me")
    context = {
        "title": title,
        "trail": [training(), (_("What I learn"), in_language("/training/me/")), (title, "")],
        "form": form,
        "has_certificates": trainee.enrolments.filter(certificates__isnull=False).exists(),
    }
    status = 400 if form.errors else 200
    return render(request, "training/learning/about.html", context, status=status)


@never_cache
@require_safe
def state(request: HttpRequest) -> HttpResponse:
    """Tell the page of a lesson where somebody stopped, with a fresh pass: `?lesson=<number>`."""
    if not request.user.is_authenticated:
        return JsonResponse({"signed_in": False}, status=403)
    number = request.GET.get("lesson", "")
    lesson = get_object_or_404(
        LessonPage.objects.live().select_related("film"), pk=int(number) if number.isdecimal() else 0
    )
    mine = enrolment_of(_user(request), lesson.get_parent().pk)
    if mine is None or mine.state not in Enrolment.HOLDING:
        return JsonResponse({"enrolled": False}, status=403)
    return JsonResponse(shown_on_page(enrolment=mine, lesson=lesson) or {"counted": False})


def course_of(request: HttpRequest, slug: str) -> CoursePage:
    """Return a public course of this county.

    Raises:
        Http404: there is none.
    """
    region = request.region  # type: ignore[attr-defined]
    if not region or not region.site:
        raise Http404
    courses = CoursePage.objects.live().descendant_of(region.site.root_page)
    return get_object_or_404(courses, slug=slug)


def training() -> tuple[str, str]:
    """Return the step of the trail that leads to the courses."""
    return _("Training"), in_language("/training/")


def _greet(request: HttpRequest, made: Enrolment) -> HttpResponse:
    if made.state == Enrolment.State.WAITING:
        messages.info(request, _("Every place is taken. You are on the waiting list."))
    else:
        messages.success(request, _("You are in. Begin with the first lesson."))
    return redirect("training:my-course", slug=made.course.slug)


def _frame(course: CoursePage, step: str) -> dict:
    own = (course.title, course.get_url() or "") if step else (course.title, "")
    trail = [training(), own, *([(step, "")] if step else [])]
    return {"title": step or course.title, "trail": trail, "course": course}


def _user(request: HttpRequest) -> User:
    return cast("User", request.user)
