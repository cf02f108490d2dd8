"""Papers as downloads: private, never kept, never guessed to be something else."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from brand.typeset import FontMissing

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download(
    request: HttpRequest, paper: Callable[[], bytes], *, name: str, kind: str = PDF, back: str
) -> HttpResponse:
    """Return what `paper` makes for saving under an ASCII name; without fonts lead back and say so."""
    try:
        content = paper()
    except FontMissing:
        messages.error(request, _("The fonts for papers are not installed on the server."))
        return HttpResponseRedirect(back)
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, private=True, no_store=True)
    return response
