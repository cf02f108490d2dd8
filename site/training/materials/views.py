"""Downloading a course book."""

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lib.handover import hand_over
from training.courses.course import CoursePage
from training.materials.access import may_download
from training.materials.models import MaterialEdition
from training.materials.reading import CONTENT_TYPES, kind_of
from training.materials.sending import sending_of


@require_safe
def material(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand an edition over to who may have it; who is not signed in may do so and comes back.

    Raises:
        Http404: there is no such edition, its course is not public, or its file is gone.
    """
    editions = MaterialEdition.objects.select_related("material__course")
    edition = get_object_or_404(editions, pk=pk, material__course__live=True)
    if not may_download(material=edition.material, user=request.user):
        return _refused(request, edition.material.course)
    try:
        sending = sending_of(edition, user=request.user)
    except FileNotFoundError:
        raise Http404 from None
    kind = CONTENT_TYPES[kind_of(edition.name)]
    return hand_over(request, sending, name=edition.name, content_type=kind)


def _refused(request: HttpRequest, course: CoursePage) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    context = {"course": course, "title": _("For who is enrolled"), "trail": [(_("For who is enrolled"), "")]}
    return render(request, "training/materials/refused.html", context, status=403)
