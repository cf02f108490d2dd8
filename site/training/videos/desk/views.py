"""Views of the desk for videos that are no lists and forms of Wagtail."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from training.videos.again import NotNow, convert_again
from training.videos.video import Video


@require_safe
@never_cache
def states(request: HttpRequest) -> JsonResponse:
    """Answer how far the videos named by `?video=` are; one query.

    Raises:
        PermissionDenied: not for this person.
    """
    if not request.user.has_perm("training.view_video"):
        raise PermissionDenied
    wanted = [int(key) for key in request.GET.getlist("video")[:100] if key.isdecimal()]
    found = Video.objects.filter(pk__in=wanted)
    return JsonResponse({"videos": {video.pk: state_of(video) for video in found}})


def state_of(video: Video) -> dict[str, object]:
    """Return how far a video is, in words and as a number."""
    return {
        "state": video.state,
        "words": video.get_state_display(),
        "progress": video.progress,
        "error": video.error,
        "done": video.state not in Video.IN_WORK,
    }


def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Convert a video once more; looking at the address leads back to the video.

    Raises:
        PermissionDenied: not for this person.
    """
    if not request.user.has_perm("training.change_video"):
        raise PermissionDenied
    video = get_object_or_404(Video, pk=pk)
    if request.method == "POST":
        try:
            convert_again(video=video)
            messages.success(request, _("It is converted again as soon as the worker is free."))
        except NotNow as reason:
            messages.error(request, str(reason))
    return redirect("training-videos:edit", video.pk)
