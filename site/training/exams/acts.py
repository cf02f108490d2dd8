"""What a trainee sends from a paper: answers one by one, the whole paper, an answer to check, an appeal."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from training.exams import views
from training.exams.answering import Given, check, keep_answers
from training.exams.appealing import appeal
from training.exams.forms import AppealForm, Unreadable, answers_in, answers_of
from training.exams.handing_in import hand_in
from training.exams.refusals import ExamRefused, HandedInAlready, NotAnAnswer, TimeIsUp


@login_required
@require_POST
def answers(request: HttpRequest, pk: int) -> JsonResponse:
    """Keep answers that the page sends by itself; 409 says that the paper is closed, 400 what was wrong."""
    found = views.own_attempt(request, pk)
    try:
        kept = keep_answers(attempt=found, given=answers_in(request.body), at=timezone.now())
    except (TimeIsUp, HandedInAlready) as refused:
        return JsonResponse({"error": str(refused)}, status=409)
    except (NotAnAnswer, Unreadable) as refused:
        return JsonResponse({"error": str(refused) or _("This could not be read.")}, status=400)
    sent = [
        {"place": each.place, "answer": each.answer, "revision": each.revision, "newer": each.newer}
        for each in kept
    ]
    return JsonResponse({"kept": sent})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a paper that is sent as a form, and go on with it."""
    if request.method == "POST" and _kept(request, pk):
        messages.success(request, _("Saved. You can go on."))
    return redirect("training:exams:attempt", pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hand_in_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a paper and hand it in; what has no answer is asked about once."""
    if request.method != "POST" or not _kept(request, pk):
        return redirect("training:exams:attempt", pk)
    found = views.own_attempt(request, pk)
    unanswered = list(found.items.filter(answer=[]).values_list("place", flat=True))
    if unanswered and "sure" not in request.POST:
        return views.paper(request, found, unanswered=unanswered)
    try:
        hand_in(attempt=found, at=timezone.now())
    except HandedInAlready as refused:
        messages.info(request, str(refused))
    return redirect("training:exams:attempt", pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def check_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Check one answer of a quiz and show what was right, at its place."""
    back = reverse("training:exams:attempt", args=[pk])
    if request.method != "POST":
        return redirect(back)
    found, place = views.own_attempt(request, pk), request.POST.get("place", "")
    try:
        if not place.isdecimal() or len(place) > 4:
            raise NotAnAnswer
        given = [text for text in request.POST.getlist(f"a-{place}") if text]
        check(attempt=found, given=Given(int(place), given, 0), at=timezone.now())
    except NotAnAnswer:
        messages.error(request, _("Choose an answer first."))
    except HandedInAlready as refused:
        messages.info(request, str(refused))
    return redirect(f"{back}#question-{place}")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def appeal_result(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask to have a result looked at again."""
    if request.method == "POST":
        found, form = views.own_attempt(request, pk), AppealForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Write what should be looked at again, in at most 500 characters."))
        else:
            try:
                appeal(attempt=found, words=form.cleaned_data["words"], at=timezone.now())
                messages.success(request, _("Sent. Somebody who did not mark your paper looks at it."))
            except ExamRefused as refused:
                messages.error(request, str(refused))
    return redirect("training:exams:attempt", pk)


def _kept(request: HttpRequest, pk: int) -> bool:
    """Keep what the form carries; say it where something newer was there, or why nothing was kept."""
    found = views.own_attempt(request, pk)
    given = answers_of(request.POST, found.items.all())
    try:
        kept = keep_answers(attempt=found, given=given, at=timezone.now())
    except ExamRefused as refused:
        messages.error(request, str(refused))
        return False
    newer = [str(each.place) for each in kept if each.newer]
    if newer:
        words = _("Question %(places)s was answered elsewhere since; that answer stays.")
        messages.warning(request, words % {"places": "、".join(newer)})
    return True
