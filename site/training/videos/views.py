"""Views of videos: their files by ticket, and new tickets for who watches."""

from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from lib.handover import hand_over
from training.videos.files import NoSuchFile, VideoFile, file_of
from training.videos.playing import film_for
from training.videos.tickets import OPEN, NoTicket, read_ticket
from training.videos.video import Video
from training.videos.watching_rights import may_watch

_SUBTITLES = {"zh.vtt": "subtitles", "en.vtt": "subtitles_en"}


@require_safe
def video_file(request: HttpRequest, key: str, ticket: str, name: str) -> HttpResponse:
    """Send a file of a video to who brings a ticket. One query; no session is looked up.

    Raises:
        Http404: there is no such file.
    """
    video = get_object_or_404(Video.objects.ready(), key=key)
    keep = _keep_for(video, ticket, at=timezone.now())
    if keep is None:
        return HttpResponse(
            _("This address has expired. Open the lesson again."), status=403, content_type="text/plain"
        )
    try:
        response = _subtitles(video, name) if name in _SUBTITLES else _send(request, file_of(key, name), name)
    except NoSuchFile as error:
        raise Http404 from error
    response["Cache-Control"] = keep
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _keep_for(video: Video, ticket: str, *, at: datetime) -> str | None:
    """Return how long what was sent may be kept, None where nothing is sent."""
    if ticket == OPEN:
        return None if video.is_private else "public, max-age=3600"
    try:
        until = read_ticket(ticket, key=video.key, at=at).until
    except NoTicket:
        return None
    return f"private, max-age={int((until - at).total_seconds())}"


def _subtitles(video: Video, name: str) -> HttpResponse:
    text = getattr(video, _SUBTITLES[name])
    if not text:
        raise NoSuchFile(name)
    return HttpResponse(text, content_type="text/vtt; charset=utf-8")


def _send(request: HttpRequest, file: VideoFile, name: str) -> HttpResponse:
    """Hand the file over; behind nginx it is nginx that sends it."""
    if not file.is_long:
        return HttpResponse(file.path.read_bytes(), content_type=file.content_type)
    if settings.FILMS_INTERNAL:
        response = HttpResponse(content_type=file.content_type)
        response["X-Accel-Redirect"] = f"{settings.FILMS_INTERNAL}{file.inside}"
        return response
    if request.headers.get("If-None-Match") == file.etag and "Range" not in request.headers:
        return HttpResponse(status=304, headers={"ETag": file.etag})
    response = hand_over(request, file.sending(), name=name, content_type=file.content_type)
    del response["Content-Disposition"]  # it is looked at, not kept
    return response


@require_safe
@cache_control(private=True, no_store=True)
def new_ticket(request: HttpRequest, key: str) -> JsonResponse:
    """Answer with addresses for the next while; the page asks before, and after, the old ones expire.

    Raises:
        Http404: no such video is ready.
    """
    video = get_object_or_404(Video.objects.ready(), key=key)
    if not may_watch(user=request.user, video=video):
        return JsonResponse({"reason": _("Sign in again to go on watching.")}, status=403)
    person = request.user.pk or 0
    return JsonResponse(film_for(video, person=person, at=timezone.now()).as_json())
