"""What those who check a badge elsewhere fetch: who issued it, with which key, what ended since."""

from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from brand.models import Region
from training.certificates.badges import CONTEXT, issuer_of, revoked_badges
from training.certificates.keys import BadgeKey


@require_safe
def issuer(request: HttpRequest, region: str) -> JsonResponse:
    """Answer with the Profile of a county's office."""
    county = get_object_or_404(Region, slug=region)
    return JsonResponse({"@context": CONTEXT, **issuer_of(county)})


@require_safe
def revoked(request: HttpRequest, region: str) -> JsonResponse:
    """Answer with the badges of a county that do not hold any more (1EdTechRevocationList)."""
    return JsonResponse(revoked_badges(get_object_or_404(Region, slug=region)))


@require_safe
def key(request: HttpRequest, name: UUID) -> JsonResponse:
    """Answer with a public key as JWK (RFC 7517)."""
    return JsonResponse(get_object_or_404(BadgeKey, name=name).public)
