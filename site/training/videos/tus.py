"""The protocol in which parts of a video arrive: tus 1.0 with creation and termination, as JSON where it
says why something is refused."""

import base64
import binascii
from typing import Any, Final, TypedDict, cast

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from accounts.models import User
from brand.models import Region
from lib.upload_limits import told_length
from training.videos.limits import MOST_BYTES
from training.videos.taking_up import arrived, describe_again
from training.videos.upload import VideoUpload
from training.videos.uploading import UploadRefused, WrongOffset, add_part, begin_upload, drop_upload
from training.videos.video import Video

VERSION: Final = "1.0.0"
MOST_OF_A_PART: Final = 4 * 1024 * 1024
_PART: Final = "application/offset+octet-stream"


class TusView(View):
    """What both addresses share: the version, and who may."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer in the protocol; another version is refused before anything else."""
        if not request.user.has_perm("training.add_video"):
            return _refusal(_("You may not send videos up."), 403)
        spoken = request.headers.get("Tus-Resumable")
        if request.method != "OPTIONS" and spoken != VERSION:
            return _with(HttpResponse(status=412), Tus_Version=VERSION)
        response = cast(HttpResponse, super().dispatch(request, *args, **kwargs))
        return _with(response, Tus_Resumable=VERSION)

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Say what is spoken here."""
        told = {"Tus_Version": VERSION, "Tus_Extension": "creation,termination", "Tus_Max_Size": MOST_BYTES}
        return _with(HttpResponse(status=204), **told)


class UploadsView(TusView):
    """Where an upload begins."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Begin one."""
        described = _described(request)
        if described is None:
            return _refusal(_("Choose the county first."), 400)
        try:
            upload = begin_upload(
                user=_sender(request),
                **described,
                length=told_length(request.headers.get("Upload-Length", "")),
                at=timezone.now(),
            )
        except UploadRefused as refused:
            return _refusal(refused.reason, 413)
        place = reverse("training-videos:part", args=[upload.key])
        return _with(HttpResponse(status=201), Location=place, Upload_Offset=0)


class PartView(TusView):
    """One upload."""

    def head(self, request: HttpRequest, key: str) -> HttpResponse:
        """Say how much arrived, and which video it became with the last part."""
        try:
            here = arrived(key=key, user=_sender(request))
        except VideoUpload.DoesNotExist:
            return HttpResponse(status=404)
        told = {"Upload_Offset": here.bytes, "Upload_Length": here.length, "Cache_Control": "no-store"}
        return _with(HttpResponse(), **told, **_done(here.video))

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Take what the sender says of it by now; ours, tus has nothing for it."""
        described = _described(request)
        if described is None:
            return _refusal(_("Choose the county first."), 400)
        try:
            describe_again(key=key, user=_sender(request), **described)
        except VideoUpload.DoesNotExist:
            return HttpResponse(status=404)
        return HttpResponse(status=204)

    def patch(self, request: HttpRequest, key: str) -> HttpResponse:
        """Take a part."""
        if request.content_type != _PART:
            return HttpResponse(status=415)
        if told_length(request.headers.get("Content-Length", "")) > MOST_OF_A_PART:
            return _refusal(_("A part may have 4 MB at most."), 413)
        try:
            offset, video = add_part(
                key=key,
                user=_sender(request),
                offset=told_length(request.headers.get("Upload-Offset", "")),
                data=request.body,
                at=timezone.now(),
            )
        except VideoUpload.DoesNotExist:
            return HttpResponse(status=404)
        except WrongOffset as wrong:
            return _with(HttpResponse(status=409), Upload_Offset=wrong.arrived, **_done(wrong.video))
        except UploadRefused as refused:
            return _refusal(refused.reason, 422)
        return _with(HttpResponse(status=204), Upload_Offset=offset, **_done(video))

    def delete(self, request: HttpRequest, key: str) -> HttpResponse:
        """Drop it."""
        try:
            drop_upload(key=key, user=_sender(request))
        except VideoUpload.DoesNotExist:
            return HttpResponse(status=404)
        return HttpResponse(status=204)


def _sender(request: HttpRequest) -> User:
    """Return who sends; whoever has the permission is a user."""
    return cast(User, request.user)


class _Described(TypedDict):
    region: Region
    title: str
    is_private: bool


def _described(request: HttpRequest) -> _Described | None:
    """Return what is said of the video; None where it names no county of ours."""
    facts = _metadata(request.headers.get("Upload-Metadata", ""))
    region = Region.objects.filter(slug=facts.get("region", "")).first()
    if region is None:
        return None
    title = facts.get("title") or facts.get("filename") or _("Untitled")
    return {"region": region, "title": title, "is_private": facts.get("private") != "no"}


def _done(video: Video | None) -> dict[str, int]:
    return {"Fengtu_Video": video.pk} if video else {}


def _metadata(header: str) -> dict[str, str]:
    """Return what Upload-Metadata says: `name base64,name base64`; what cannot be read is left out."""
    facts = {}
    for pair in header.split(","):
        name, _space, value = pair.strip().partition(" ")
        try:
            facts[name] = base64.b64decode(value, validate=True).decode().replace("\0", "")
        except (binascii.Error, UnicodeDecodeError):
            continue
    return facts


def _refusal(reason: str, status: int) -> HttpResponse:
    return JsonResponse({"reason": reason}, status=status)


def _with(response: HttpResponse, **headers: object) -> HttpResponse:
    for name, value in headers.items():
        response[name.replace("_", "-")] = str(value)
    return response
