"""What members see of the pool: search, one profile, asking, and what they asked."""

from datetime import datetime
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from training.models import ContactRequest, JobPost, Talent
from training.talent.contacting import ask, asks_left
from training.talent.forms import AskForm
from training.talent.gate import EmployerRequest, employer_page
from training.talent.job_views import pool, training
from training.talent.letting_in import contact_for
from training.talent.looking import look
from training.talent.proofs import certificates_of, proofs_of
from training.talent.refusals import TalentRefused
from training.talent.searching import A_PAGE, Filters, abilities, cards, people
from training.talent.works import Hours, Reach, Work

ASKED_A_PAGE: Final = 20


@require_safe
@employer_page
def search(request: EmployerRequest) -> HttpResponse:
    """Show who is in the pool of the member's county. At most 9 queries beside sign-in."""
    asked = Filters.read(request.GET)
    found = people(request.member.region, asked, at=timezone.now())
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        **employer_frame(request, _("Find people")),
        "page_obj": page,
        "cards": cards(list(page)),
        "asked": asked,
        "works": [(value, label, asked.of_work(value)) for value, label in [("", ""), *Work.choices]],
        "hours": Hours.choices,
        "reaches": Reach.choices,
    }
    return render(request, "training/talent/people.html", context)


@require_safe
@employer_page
def person(request: EmployerRequest, pk: int) -> HttpResponse:
    """Show one profile, and write down that it was opened."""
    now = timezone.now()
    talent = _found(request, pk, now)
    try:
        look(talent=talent, member=request.member, by=request.user, at=now)
    except TalentRefused as error:
        messages.error(request, str(error))
        return redirect("training:people")
    asked = ContactRequest.objects.filter(
        trainee=talent.trainee, member=request.member, asked_at__gte=talent.joined_at
    )
    context = {
        **employer_frame(request, talent.called, (_("Find people"), reverse("training:people"))),
        "talent": talent,
        "abilities": abilities(talent, proofs_of([talent])[talent.pk]),
        "certificates": certificates_of(talent),
        "contact": contact_for(request.member, talent, at=now),
        "asked": asked.first(),
    }
    return render(request, "training/talent/person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@employer_page
def ask_page(request: EmployerRequest, pk: int) -> HttpResponse:
    """Ask somebody; what was typed stays when it is refused."""
    now, today = timezone.now(), timezone.localdate()
    jobs = JobPost.objects.running(on=today).filter(member=request.member)
    here = Talent.objects.shown(at=now).select_related("trainee")
    talent = here.filter(pk=pk, region=request.member.region).first()
    if talent is None and request.method != "POST":
        raise Http404
    form = AskForm(request.POST or None, jobs=jobs)
    if request.method == "POST" and form.is_valid():
        try:
            made = ask(
                talent_pk=pk, member=request.member, by=request.user, message=form.cleaned_data["message"],
                job=form.cleaned_data.get("job"), at=now,
            )  # fmt: skip
            messages.success(request, _("Sent. The answer comes here."))
            return redirect("training:asked", pk=made.pk)
        except TalentRefused as error:
            form.add_error(None, str(error))
    called = talent.called if talent else _("Somebody")
    above = [(_("Find people"), reverse("training:people"))]
    context = {
        **employer_frame(request, _("Ask %(called)s") % {"called": called}, *above),
        "form": form,
        "left": asks_left(request.member, at=now),
    }
    return render(request, "training/talent/ask.html", context, status=400 if form.errors else 200)


@require_safe
@employer_page
def asked_list(request: EmployerRequest) -> HttpResponse:
    """Show whom the member asked, newest first."""
    rows = ContactRequest.objects.filter(member=request.member).select_related("job", "asked_by")
    page = Paginator(rows, ASKED_A_PAGE).get_page(request.GET.get("page"))
    context = {**employer_frame(request, _("Whom we asked")), "requests": page}
    return render(request, "training/talent/asked_list.html", context)


@require_safe
@employer_page
def asked(request: EmployerRequest, pk: int) -> HttpResponse:
    """Show one request with its answer; name and number where the trainee let the member in."""
    rows = ContactRequest.objects.select_related("trainee__user", "job", "asked_by")
    found = get_object_or_404(rows, pk=pk, member=request.member)
    now = timezone.now()
    talent = Talent.objects.shown(at=now).filter(trainee=found.trainee).select_related("trainee").first()
    is_here = talent is not None and talent.joined_at <= found.asked_at
    above = [(_("Whom we asked"), reverse("training:asked-list"))]
    context = {
        **employer_frame(request, found.called or _("Somebody"), *above),
        "asked": found,
        "talent": talent if is_here else None,
        "contact": contact_for(request.member, talent, at=now) if is_here else None,
    }
    return render(request, "training/talent/asked.html", context)


def employer_frame(request: EmployerRequest, step: str, *above: tuple[str, str]) -> dict[str, Any]:
    """Return what every page for members shares; `above` are the pages between the pool and this one."""
    return {
        "title": step,
        "trail": [training(), pool(), *above, (step, "")],
        "member": request.member,
        "members": request.members,
        "region": request.member.region,
    }


def _found(request: EmployerRequest, pk: int, at: datetime) -> Talent:
    rows = (
        Talent.objects.shown(at=at).select_related("trainee__user").prefetch_related("abilities", "interests")
    )
    return get_object_or_404(rows, pk=pk, region=request.member.region)
