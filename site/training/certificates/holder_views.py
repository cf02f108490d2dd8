"""What the holder of a certificate gets: the list, the paper, the badge."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from training.certificates.badges import badge_of
from training.certificates.certificate import Certificate
from training.certificates.paper import certificate_pdf

SEES_ALL = "training.view_certificate"


@never_cache
@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """`/training/me/certificates/`: the certificates of this person, newest first."""
    context = {
        "title": _("My certificates"),
        "certificates": Certificate.objects.filter(enrolment__trainee__user=cast("User", request.user)),
    }
    return render(request, "training/certificates/mine.html", context)


@never_cache
@login_required
@require_safe
def paper(request: HttpRequest, number: str) -> HttpResponse:
    """`/training/certificates/<number>/paper.pdf`: for the holder and for officers."""
    certificate = _own(request, number)
    response = HttpResponse(certificate_pdf(certificate), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{certificate.number}.pdf"'
    return response


@never_cache
@login_required
@require_safe
def badge(request: HttpRequest, number: str) -> HttpResponse:
    """`/training/certificates/<number>/badge.jwt`: the badge as compact JWS (Open Badges 3.0, §8.2)."""
    certificate = _own(request, number)
    response = HttpResponse(badge_of(certificate), content_type="application/vc+jwt")
    response.headers["Content-Disposition"] = f'attachment; filename="{certificate.number}.jwt"'
    return response


def _own(request: HttpRequest, number: str) -> Certificate:
    """Return a certificate that holds, of this person or for who may see all.

    Raises:
        Http404: none, or somebody else's; which of both is not told.
    """
    rows = Certificate.objects.valid().select_related("region", "enrolment__course")
    if not request.user.has_perm(SEES_ALL):
        rows = rows.filter(enrolment__trainee__user=cast("User", request.user))
    certificate = rows.filter(number=number).first()
    if certificate is None or not certificate.words["name"]:
        raise Http404
    return certificate
