"""The trainee's own pages of the pool: what is shown of them, who looked, who asked, and the way out."""

from typing import Any, Final, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from brand.models import Region
from training.models import (
    ContactRequest,
    JobApplication,
    JobPost,
    Talent,
    TalentConsent,
    TalentLook,
    Trainee,
)
from training.talent import agreement, applying, contacting, joining, personal
from training.talent.forms import ApplyForm, JoinForm, OwnAnswerForm, ProfileForm
from training.talent.job_views import pool, training
from training.talent.letting_in import contact_for
from training.talent.matching import jobs_for
from training.talent.proofs import proofs_of
from training.talent.refusals import NotAgreed, OtherCounty, TalentRefused
from training.talent.searching import abilities

A_PAGE: Final = 20
SHOWN: Final = 5


@never_cache
@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Show how somebody stands in the pool. At most 20 queries."""
    trainee, now = _trainee(request), timezone.now()
    talent = _talent(trainee)
    context: dict[str, Any] = {**_frame(""), "talent": talent, "trainee": trainee}
    if trainee is not None:
        applied = JobApplication.objects.live_first().filter(trainee=trainee).select_related("job__member")
        context |= {
            "requests": ContactRequest.objects.filter(trainee=trainee).select_related("member", "job")[
                :SHOWN
            ],
            "looks": TalentLook.objects.filter(trainee=trainee).select_related("member")[:SHOWN],
            "applications": Paginator(applied, A_PAGE).get_page(request.GET.get("page")),
        }
    if talent is not None:
        proofs = proofs_of([talent])[talent.pk]
        due = talent.consent.until - agreement.ASKED_BEFORE <= now
        context |= {
            "abilities": abilities(talent, proofs),
            "asks_anew": due or talent.consent.version != agreement.VERSION,
            "matches": jobs_for(talent, on=timezone.localdate(now)),
        }
    elif trainee is not None:
        context["may_join"] = joining.has_shown_something(trainee)
        context["last"] = TalentConsent.objects.filter(trainee=trainee).first()
    return render(request, "training/talent/mine.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Ask for the profile and, apart from it, for the consent."""
    trainee, region = _trainee(request), getattr(request, "region", None)
    if trainee is None or region is None or not joining.has_shown_something(trainee) or _talent(trainee):
        return redirect("training:my-talent")
    user = _user(request)
    form = JoinForm(request.POST or None, initial={"phone": user.phone or "", "place": trainee.place})
    if request.method == "POST" and form.is_valid():
        try:
            joining.join(
                trainee=trainee, region=region, profile=form.profile(), agreed=form.cleaned_data["agreed"],
                version=request.POST.get("version", ""), at=timezone.now(),
            )  # fmt: skip
            messages.success(request, _("You are in the talent pool. Members can find you now."))
            return redirect("training:my-talent")
        except TalentRefused as error:
            form.add_error(None, str(error))
    context = {**_frame(_("Join the talent pool")), "form": form, **_to_be_read(region)}
    return render(request, "training/talent/join.html", context, status=400 if form.errors else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    """Write the profile anew."""
    trainee = _trainee(request)
    talent = _talent(trainee)
    if trainee is None or talent is None:
        return redirect("training:my-talent")
    form = ProfileForm(request.POST or None, instance=talent)
    if request.method == "POST" and form.is_valid():
        try:
            joining.change(trainee=trainee, profile=form.profile(), at=timezone.now())
            messages.success(request, _("Written down. Members read it like this from now on."))
            return redirect("training:my-talent")
        except TalentRefused as error:
            form.add_error(None, str(error))
    context = {**_frame(_("Change my profile")), "form": form}
    return render(request, "training/talent/change.html", context, status=400 if form.errors else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Ask whether somebody really takes the consent back; posted, do it at once."""
    trainee = _trainee(request)
    if trainee is None or _talent(trainee) is None:
        return redirect("training:my-talent")
    if request.method == "POST":
        _try(request, _("You are out of the pool. Your profile is deleted."), joining.leave, trainee=trainee)
        return redirect("training:my-talent")
    return render(request, "training/talent/leave.html", _frame(_("Leave the talent pool")))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def agree_anew(request: HttpRequest) -> HttpResponse:
    """Show the words of today; posted with the tick, the consent holds for another year."""
    trainee, talent = _trainee(request), _talent(_trainee(request))
    if trainee is None or talent is None:
        return redirect("training:my-talent")
    if request.method == "POST":
        try:
            if request.POST.get("agreed") != "on":
                raise NotAgreed
            read = request.POST.get("version", "")
            joining.agree_anew(trainee=trainee, version=read, at=timezone.now())
            messages.success(request, _("Thank you. It holds for another twelve months."))
            return redirect("training:my-talent")
        except TalentRefused as error:
            messages.error(request, str(error))
    context = {**_frame(_("Agree for another year")), **_to_be_read(talent.region)}
    return render(request, "training/talent/anew.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def forget(request: HttpRequest) -> HttpResponse:
    """Ask, then delete everything of the pool about this person, the record of looks included."""
    if request.method == "POST":
        personal.forget(user=_user(request), at=timezone.now())
        messages.success(request, _("Everything about you in the talent pool is deleted."))
        return redirect("training:my-talent")
    return render(request, "training/talent/forget.html", _frame(_("Delete everything")))


@never_cache
@login_required
@require_safe
def looks(request: HttpRequest) -> HttpResponse:
    """Show who opened the profile, newest first."""
    rows = TalentLook.objects.filter(trainee__user=_user(request)).select_related("member")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "training/talent/looks.html", {**_frame(_("Who looked")), "looks": page})


@never_cache
@login_required
@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """Show who asked, newest first."""
    rows = ContactRequest.objects.filter(trainee__user=_user(request)).select_related("member", "job")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "training/talent/requests.html", {**_frame(_("Who asked")), "requests": page})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def request_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one request; posted, accept it, decline it or take a yes back."""
    rows = ContactRequest.objects.select_related("member", "job", "trainee__user", "asked_by")
    found = get_object_or_404(rows, pk=pk, trainee__user=_user(request))
    form = OwnAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts: dict[str, Any] = {"request": found, "trainee": found.trainee}
        words = {"answer": form.cleaned_data["answer"]}
        match request.POST.get("do"):
            case "accept":
                _try(request, _("They read your name and number now."), contacting.accept, **facts, **words)
            case "decline":
                _try(
                    request,
                    _("They read that you declined."),
                    contacting.decline,
                    **facts,
                    **words,
                )
            case "take_back":
                _try(request, _("Your number is not shown to them any more."), contacting.take_back, **facts)
        return redirect("training:my-request", pk=pk)
    talent = Talent.objects.filter(trainee=found.trainee).first()
    context = {
        **_frame(found.member.name),
        "asked": found,
        "form": form,
        "lets_in": contact_for(found.member, talent, at=timezone.now()) is not None,
    }
    return render(request, "training/talent/request.html", context, status=400 if form.errors else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def apply_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a word; posted, send the profile to the member of a post."""
    trainee, now = _trainee(request), timezone.now()
    talent = _talent(trainee)
    if trainee is None or talent is None or not talent.consent.holds(at=now):
        messages.info(request, _("To apply you need a profile in the talent pool."))
        return redirect("training:my-talent")
    job = get_object_or_404(JobPost.objects.select_related("member"), pk=pk, state=JobPost.State.APPROVED)
    if job.region_id != talent.region_id:
        messages.error(request, str(OtherCounty()))
        return redirect("training:my-talent")
    form = ApplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            applying.apply_for(job=job, trainee=trainee, words=form.cleaned_data["words"], at=now)
            messages.success(request, _("Sent. The answer comes here."))
            return redirect("training:my-talent")
        except TalentRefused as error:
            form.add_error(None, str(error))
    context = {**_frame(_("Apply")), "form": form, "job": job}
    return render(request, "training/talent/apply.html", context, status=400 if form.errors else 200)


@never_cache
@login_required
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an application back."""
    found = get_object_or_404(
        JobApplication.objects.select_related("trainee"), pk=pk, trainee__user=_user(request)
    )
    _try(
        request,
        _("Taken back: they read your name and number no more."),
        applying.take_back,
        application=found,
        trainee=found.trainee,
    )
    return redirect("training:my-talent")


def _try(request: HttpRequest, done: str, act: Any, /, **facts: Any) -> None:
    try:
        act(**facts, at=timezone.now())
        messages.success(request, done)
    except TalentRefused as error:
        messages.error(request, str(error))


def _frame(step: str) -> dict[str, Any]:
    own = (_("My place in the talent pool"), reverse("training:my-talent") if step else "")
    title = step or _("My place in the talent pool")
    return {"title": title, "trail": [training(), pool(), own, *([(step, "")] if step else [])]}


def _to_be_read(region: Region) -> dict[str, Any]:
    """Return what is agreed to, with its version: it comes back with the tick."""
    return {"sentences": agreement.sentences(region), "version": agreement.VERSION}


def _trainee(request: HttpRequest) -> Trainee | None:
    return Trainee.objects.filter(user=_user(request)).select_related("user").first()


def _talent(trainee: Trainee | None) -> Talent | None:
    if trainee is None:
        return None
    rows = Talent.objects.filter(trainee=trainee).select_related("consent", "region", "trainee")
    return rows.prefetch_related("abilities", "interests").first()


def _user(request: HttpRequest) -> User:
    return cast("User", request.user)
