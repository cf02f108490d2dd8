"""Papers on the desk: those of an application, and the certificate and plaque of a licence."""

from collections.abc import Callable
from functools import partial
from typing import Literal

from django.contrib import messages
from django.core.files.storage import Storage
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from association.desk.gate import MemberRequest, member_page
from brand.licences.papers import certificate_pdf
from brand.licences.papers.plaque import KINDS, plaque
from brand.models import ApplicationPaper, Licence
from brand.typeset import FontMissing


@require_safe
@member_page
def paper(request: MemberRequest, pk: int, paper: int) -> HttpResponseBase:
    """Hand out a paper of an application of this member."""
    papers = ApplicationPaper.objects.filter(application__member=request.member)
    held = get_object_or_404(papers, pk=paper, application=pk)
    return attachment(held.file.storage, held.file.name or "", name=held.name)


@require_safe
@member_page
def certificate(request: MemberRequest, number: str) -> HttpResponse:
    """Hand out the certificate."""
    return _printed(request, number, "pdf", make=certificate_pdf, word="certificate")


@require_safe
@member_page
def door_plaque(request: MemberRequest, number: str, kind: str) -> HttpResponse:
    """Hand out the plaque for the door, as PDF or SVG."""
    if kind not in KINDS:
        raise Http404
    drawn: Literal["pdf", "svg"] = "svg" if kind == "svg" else "pdf"
    return _printed(request, number, drawn, make=partial(plaque, kind=drawn), word="plaque")


def attachment(storage: Storage, path: str, *, name: str) -> FileResponse:
    """Answer with a private file under the name its sender gave it; no browser guesses what it is."""
    response = FileResponse(storage.open(path), as_attachment=True, filename=name)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def printable(licence: Licence) -> bool:
    """Tell whether papers of a licence may be printed: not while it is suspended, revoked or over."""
    return licence.state == Licence.State.VALID and licence.valid_to >= timezone.localdate()


def _printed(
    request: MemberRequest, number: str, kind: str, *, make: Callable[[Licence], bytes], word: str
) -> HttpResponse:
    licences = Licence.objects.select_related("region", "member", "renews")
    licence = get_object_or_404(licences, number=number, member=request.member)
    if not printable(licence):
        messages.error(request, _("The licence does not hold at the moment, so nothing of it is printed."))
        return redirect("desk:licences")
    try:
        paper = make(licence)
    except FontMissing:
        messages.error(request, _("The fonts for papers are not installed on the server."))
        return redirect("desk:licences")
    response = HttpResponse(paper, content_type=KINDS[kind])
    response["Content-Disposition"] = f'attachment; filename="{licence.number}-{word}.{kind}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
