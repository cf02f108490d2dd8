"""The posts of a member: written, changed, closed; who applied, and who would fit."""

from datetime import datetime
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from brand.models import Member
from training.models import JobApplication, JobPost, Talent
from training.talent import posting
from training.talent.applying import answer
from training.talent.forms import AnswerForm, JobForm
from training.talent.gate import EmployerRequest, employer_page
from training.talent.letting_in import Contact, contacts_for
from training.talent.matching import people_for
from training.talent.people_views import employer_frame
from training.talent.refusals import TalentRefused

A_PAGE: Final = 20


@require_safe
@employer_page
def our_jobs(request: EmployerRequest) -> HttpResponse:
    """Show the member's posts, newest first, with how many applied."""
    live = Count("applications", filter=Q(applications__state__in=JobApplication.LIVE))
    rows = JobPost.objects.filter(member=request.member).annotate(applied=live).order_by("-posted_at", "-pk")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {**employer_frame(request, _("Our posts")), "jobs": page, "today": timezone.localdate()}
    return render(request, "training/talent/our_jobs.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@employer_page
def new(request: EmployerRequest) -> HttpResponse:
    """Write a post."""
    form = JobForm(request.POST or None, initial={"people": 1})
    if request.method == "POST" and form.is_valid():
        try:
            made = posting.send_in(
                member=request.member, by=request.user, post=form.post(), at=timezone.now()
            )
            messages.success(request, _("Sent in. The training office reads it, then it is public."))
            return redirect("training:our-job", pk=made.pk)
        except TalentRefused as error:
            form.add_error(None, str(error))
    return _form_page(request, form, _("Write a post"))


@require_http_methods(["GET", "HEAD", "POST"])
@employer_page
def change(request: EmployerRequest, pk: int) -> HttpResponse:
    """Write a post anew; the office reads it again."""
    job = get_object_or_404(JobPost.objects.select_related("member__region"), pk=pk, member=request.member)
    form = JobForm(request.POST or None, instance=job)
    if request.method == "POST" and form.is_valid():
        try:
            posting.change(job=job, by=request.user, post=form.post(), at=timezone.now())
            messages.success(request, _("Sent in. The training office reads it, then it is public."))
            return redirect("training:our-job", pk=pk)
        except TalentRefused as error:
            form.add_error(None, str(error))
    return _form_page(request, form, _("Change the post"))


@require_safe
@employer_page
def our_job(request: EmployerRequest, pk: int) -> HttpResponse:
    """Show one post of the member: its state, who applied, who would fit. At most 14 queries."""
    job = get_object_or_404(JobPost.objects.select_related("region"), pk=pk, member=request.member)
    now, today = timezone.now(), timezone.localdate()
    rows = JobApplication.objects.filter(job=job).live_first()
    applied = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    is_running = job.state == JobPost.State.APPROVED and not job.is_over(on=today)
    context = {
        **employer_frame(request, job.title, (_("Our posts"), reverse("training:our-jobs"))),
        "job": job,
        "is_over": job.is_over(on=today),
        "applied": _applied(request.member, applied, now),
        "applied_page": applied,
        "matches": people_for(job, at=now) if is_running else [],
        "form": AnswerForm(),
    }
    return render(request, "training/talent/our_job.html", context)


@require_POST
@employer_page
def close(request: EmployerRequest, pk: int) -> HttpResponse:
    """Close a post."""
    job = get_object_or_404(JobPost, pk=pk, member=request.member)
    try:
        posting.close(job=job, by=request.user, at=timezone.now())
        messages.success(request, _("The post is closed."))
    except TalentRefused as error:
        messages.error(request, str(error))
    return redirect("training:our-job", pk=pk)


@require_POST
@employer_page
def answer_application(request: EmployerRequest, pk: int) -> HttpResponse:
    """Answer somebody who applied."""
    rows = JobApplication.objects.select_related("job", "trainee__user")
    found = get_object_or_404(rows, pk=pk, job__member=request.member)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(each) for each in form.errors["answer"]))
        return redirect("training:our-job", pk=found.job_id)
    wanted = request.POST.get("do") == "want"
    try:
        answer(application=found, wanted=wanted, words=form.cleaned_data["answer"], at=timezone.now())
        messages.success(request, _("Answered."))
    except TalentRefused as error:
        messages.error(request, str(error))
    return redirect("training:our-job", pk=found.job_id)


def _applied(
    member: Member, applied: Page[JobApplication], at: datetime
) -> list[tuple[JobApplication, Talent | None, Contact | None]]:
    """Return who applied, with profile and contact where the application still lets the member in."""
    live = [each.trainee_id for each in applied if each.state in JobApplication.LIVE]
    here = Talent.objects.shown(at=at).filter(trainee__in=live, region=member.region_id)
    profiles = {talent.trainee_id: talent for talent in here}
    contacts = contacts_for(member, profiles.values(), at=at)
    found = [
        (each, profiles.get(each.trainee_id) if each.state in JobApplication.LIVE else None)
        for each in applied
    ]
    return [(each, talent, contacts.get(talent.pk) if talent else None) for each, talent in found]


def _form_page(request: EmployerRequest, form: JobForm, step: str) -> HttpResponse:
    frame: dict[str, Any] = employer_frame(request, step, (_("Our posts"), reverse("training:our-jobs")))
    status = 400 if form.errors else 200
    return render(request, "training/talent/job_form.html", {**frame, "form": form}, status=status)
