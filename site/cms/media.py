"""Uploaded files where nothing stands in front of Django: with ranges, without which Safari plays no film.

nginx answers for /media/ in production.
"""

import posixpath
from typing import IO

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.static import serve

from lib.ranges import NotSatisfiable, asked_range

_DOCUMENTS = "documents"  # have permissions of their own: Django serves them under /documents/
# what somebody uploaded is looked at, it does not act
_POLICY = "default-src 'none'; media-src 'self'; sandbox"


class _Part:
    """The first `left` bytes of a file from where it stands, then its end."""

    def __init__(self, file: IO[bytes], left: int) -> None:
        self._file, self._left = file, left

    def read(self, size: int = -1) -> bytes:
        piece = self._file.read(self._left if size < 0 else min(size, self._left))
        self._left -= len(piece)
        return piece

    def close(self) -> None:
        self._file.close()


def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve an uploaded file, or the one range of it that is asked for (RFC 9110 §14).

    Raises:
        Http404: there is none, or it is a document.
    """
    if posixpath.normpath(path).lstrip("/").split("/")[0] == _DOCUMENTS:
        raise Http404
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response["Content-Security-Policy"] = _POLICY
    if not isinstance(response, FileResponse):
        return response
    response["Accept-Ranges"] = "bytes"
    size, asked = int(response["Content-Length"]), request.headers.get("Range", "")
    try:
        part = asked_range(asked, size=size, if_range=request.headers.get("If-Range", ""))
    except NotSatisfiable:
        response.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    return _part(response, size, *part) if part else response


def _part(whole: FileResponse, size: int, start: int, end: int) -> HttpResponseBase:
    file = whole.file_to_stream
    assert file is not None  # noqa: S101 - `serve` opened it
    file.seek(start)
    part = FileResponse(_Part(file, end - start + 1), status=206, content_type=whole["Content-Type"])
    part["Content-Length"] = str(end - start + 1)
    part["Content-Range"] = f"bytes {start}-{end}/{size}"
    for name in ("Accept-Ranges", "Last-Modified", "Content-Security-Policy"):
        part[name] = whole[name]
    return part
