"""What is public about the pool: what it is, the posts, one of them. The same for everybody."""

from typing import Any, Final

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.navigation import in_language
from lib.jsonld import jsonld_block
from training.models import JobPost
from training.talent.agreement import sentences
from training.talent.matching import running_jobs
from training.talent.standing import standing_members
from training.talent.works import Hours, Work

A_PAGE: Final = 12
NEWEST: Final = 4
_EMPLOYMENT: Final = {Hours.FULL: "FULL_TIME", Hours.PART: "PART_TIME", Hours.SEASON: "TEMPORARY"}


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Say what the pool is, to both sides. At most 4 queries."""
    region = getattr(request, "region", None)
    jobs = running_jobs(region, on=timezone.localdate())
    context = {
        "title": _("Talent pool"),
        "description": _("Trainees who want to be found, and members who look for people."),
        "trail": [training(), (_("Talent pool"), "")],
        "sentences": sentences(region) if region else [],
        "jobs": jobs[:NEWEST],
    }
    return render(request, "training/talent/about.html", context)


@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """Show the posts of this county, of one kind of work if asked. At most 4 queries."""
    region, kind = getattr(request, "region", None), request.GET.get("kind", "")
    kind = kind if kind in Work.values else ""
    found = running_jobs(region, on=timezone.localdate())
    if kind:
        found = found.filter(work=kind)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Work in the county"),
        "description": _("Posts of the members of the brand association, read by the training office first."),
        "trail": [training(), pool(), (_("Work in the county"), "")],
        "jobs": page,
        "works": Work.choices,
        "kind": kind,
    }
    return render(request, "training/talent/jobs.html", context)


@require_safe
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one post, also after its day: then that it is over. At most 3 queries.

    Raises:
        Http404: it is not public, or its member is not in good standing.
    """
    today = timezone.localdate()
    rows = JobPost.objects.filter(
        region=getattr(request, "region", None),
        state=JobPost.State.APPROVED,
        member__in=standing_members(on=today),
    )
    found = rows.select_related("member", "region").filter(pk=pk).first()
    if found is None:
        raise Http404
    context = {
        "title": found.title,
        "description": f"{found.member.name} · {found.place}",
        "trail": [training(), pool(), (_("Work in the county"), reverse("training:jobs")), (found.title, "")],
        "job": found,
        "is_over": found.is_over(on=today),
        "structured_data": jsonld_block(_posting(found)),
    }
    return render(request, "training/talent/job.html", context)


def training() -> tuple[str, str]:
    """Return the step of the trail that leads to the courses."""
    return _("Training"), in_language("/training/")


def pool() -> tuple[str, str]:
    """Return the step of the trail that leads to the pool."""
    return _("Talent pool"), reverse("training:talent")


def _posting(found: JobPost) -> dict[str, Any]:
    """Return the post for search engines (schema.org/JobPosting)."""
    facts: dict[str, Any] = {
        "@type": "JobPosting",
        "title": found.title,
        "description": found.text,
        "datePosted": timezone.localtime(found.decided_at or found.posted_at).date().isoformat(),
        "validThrough": found.until.isoformat(),
        "employmentType": _EMPLOYMENT[Hours(found.hours)],
        "hiringOrganization": {"@type": "Organization", "name": found.member.name},
        "jobLocation": {"@type": "Place", "address": f"{found.region.name} {found.place}"},
        "totalJobOpenings": found.people,
    }
    if found.pay_from or found.pay_to:
        band = {"minValue": found.pay_from, "maxValue": found.pay_to}
        value = {"@type": "QuantitativeValue", "unitText": "MONTH", **{k: v for k, v in band.items() if v}}
        facts["baseSalary"] = {"@type": "MonetaryAmount", "currency": "CNY", "value": value}
    return facts
