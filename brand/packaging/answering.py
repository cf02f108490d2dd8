"""Answering: the member hears what became of a request."""

from datetime import datetime

from django.urls import reverse

from brand.packaging.asking import granted_by
from brand.packaging.requests import PackagingRequest
from brand.telling import tell_member


def tell_answer(request: PackagingRequest, *, kind: str, at: datetime) -> None:
    """Tell everybody who acts for the member, once per answer; call it after the commit."""
    context = {
        "number": request.number,
        "reason": request.reason,
        "until": request.keep_until,
        "items": [(str(item), count, item.unit) for item, count in granted_by(request).items() if count],
    }
    tell_member(
        request.member,
        kind=kind,
        context=context,
        at=at,
        key=f"{kind}:{request.pk}:{at.isoformat()}",
        url=f"{reverse('desk:packaging_request', args=[request.pk])}?acting_for={request.member.slug}",
    )
