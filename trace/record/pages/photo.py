"""`/trace/photo/`: somebody sends a photo of a package instead of typing."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from lib.guessing import Guesses
from lib.pictures import NotAPicture
from record.photo_codes import NoCodeInPhoto, read_photo

_PHOTOS = Guesses("record.photos", allowed=40, window=600)  # reading one costs a third of a second


# The page is the same for everybody, so it carries no token; sending a photo changes nothing, it leads to
# the page where a code that was typed leads, and that is where a scan counts.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def photo(request: HttpRequest) -> HttpResponse:
    """Read the code in a photo and lead to its record."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("trace"))
    mark = _PHOTOS.mark(request.META.get("REMOTE_ADDR", ""), at=timezone.localtime())
    if _PHOTOS.used_up(mark):
        return _again(
            request, _("Many photos came from your network. Wait ten minutes, or type the code."), 429
        )
    _PHOTOS.note(mark)
    file: Any = request.FILES.get("photo")
    if file is None:
        return _again(request, _("No photo arrived. Take one of the QR code, close and in light."), 400)
    try:
        text = read_photo(file)
    except NotAPicture as error:
        return _again(request, str(error.reason), 400)
    except NoCodeInPhoto as error:
        return _again(request, _nothing_in(error.found), 400)
    response = HttpResponseRedirect(f"{reverse('trace')}?{urlencode({'code': text})}")
    response.status_code = 303
    return response


def _nothing_in(found: str) -> str:
    if found:
        return _("The code in the photo is not one of ours. It says: {text}").format(text=found[:60])
    return _("We found no code in the photo. Go closer, hold still, avoid glare, or type the 16 characters.")


def _again(request: HttpRequest, problem: str, status: int) -> HttpResponse:
    return render(request, "record/lookup.html", {"photo_problem": problem}, status=status)
