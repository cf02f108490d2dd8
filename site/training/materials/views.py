"""Downloading a course book."""

from django.contrib.auth.views import redirect_to_login
from django.core.files.storage import Storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from training.courses.course import CoursePage
from training.materials.access import may_download
from training.materials.keeping import count_download
from training.materials.models import Material, MaterialEdition
from training.materials.reading import CONTENT_TYPES, kind_of


@require_safe
def material(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hand out an edition to who may have it; who is not signed in may do so and comes back."""
    editions = MaterialEdition.objects.select_related("material__course")
    edition = get_object_or_404(editions, pk=pk, material__course__live=True)
    held = edition.material
    is_public = held.access == Material.Access.PUBLIC and not held.course.get_view_restrictions().exists()
    if not is_public and not may_download(material=held, user=request.user):
        return _refused(request, held.course)
    if request.method == "GET":
        count_download(edition)
    return _file(edition)


def _refused(request: HttpRequest, course: CoursePage) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    context = {"course": course, "title": _("For who is enrolled"), "trail": [(_("For who is enrolled"), "")]}
    return render(request, "training/materials/refused.html", context, status=403)


def _file(edition: MaterialEdition) -> FileResponse:
    storage: Storage = edition.file.storage
    try:
        content = storage.open(edition.file.name or "")
    except FileNotFoundError:
        raise Http404 from None
    kind = CONTENT_TYPES[kind_of(edition.name)]
    response = FileResponse(content, as_attachment=True, filename=edition.name, content_type=kind)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
