"""Pages of the desk: its frame, its way back, the county of the member."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from association.desk.gate import MemberRequest


def desk_page(
    request: MemberRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    title: str,
    status: int = 200,
    above: tuple[tuple[str, str], ...] = (),
) -> HttpResponse:
    """Render a page of the desk, which extends `association/desk/base.html`, in the county of the member.

    `above` are the pages between the desk and this one, as (label, address).
    """
    trail = [(_("My desk"), reverse("desk:desk")), *above, (title, "")]
    frame = {
        "title": title,
        "trail": trail,
        "member": request.member,
        "members": request.members,
        "region": request.member.region,
    }
    return render(request, template, {**frame, **(context or {})}, status=status)
