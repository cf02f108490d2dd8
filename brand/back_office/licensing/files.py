"""Private files of applications, handed out to officers only; and the papers of a licence."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from brand.licences.papers import certificate_pdf
from brand.licences.papers.plaque import KINDS, plaque
from brand.models import ApplicationPaper, Licence, ObjectionFile, SiteCheckPhoto
from brand.typeset import FontMissing


@require_safe
def application_paper(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hand out a paper of an application that was sent."""
    _admit(request, "brand.view_licenceapplication")
    papers = ApplicationPaper.objects.exclude(application__number=None)
    paper = get_object_or_404(papers, pk=pk)
    return _private(paper.file, name=paper.name)


@require_safe
def site_photo(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show a photo of a site check."""
    _admit(request, "brand.view_sitecheck")
    photo = get_object_or_404(SiteCheckPhoto, pk=pk)
    response = FileResponse(photo.file.open(), content_type="image/jpeg")
    return _sealed(response)


@require_safe
def objection_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hand out a file of an objection."""
    _admit(request, "brand.view_objection")
    held = get_object_or_404(ObjectionFile, pk=pk)
    return _private(held.file, name=str(held.file.name).rsplit("/", 1)[-1])


@require_safe
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the certificate of a licence, whatever its state: the office keeps copies."""
    return _printed(request, pk, make=certificate_pdf, word="certificate")


@require_safe
def door_plaque(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the plaque of a licence."""
    return _printed(request, pk, make=plaque, word="plaque")


def _printed(request: HttpRequest, pk: int, *, make: Any, word: str) -> HttpResponse:
    _admit(request, "brand.view_licence")
    licence = get_object_or_404(Licence.objects.select_related("region", "member", "renews"), pk=pk)
    try:
        response = HttpResponse(make(licence), content_type=KINDS["pdf"])
    except FontMissing:
        messages.error(request, _("The fonts for papers are not installed on the server."))
        return HttpResponseRedirect(reverse("brand-licences:edit", args=[pk]))
    response["Content-Disposition"] = f'attachment; filename="{licence.number}-{word}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _admit(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied


def _private(file: FieldFile, *, name: str) -> FileResponse:
    return _sealed(FileResponse(file.open(), as_attachment=True, filename=name))


def _sealed(response: FileResponse) -> FileResponse:
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
