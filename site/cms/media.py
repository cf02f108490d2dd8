"""Uploaded files where nothing stands in front of Django: with ranges, without which Safari plays no film.

nginx answers for /media/ in production.
"""

import posixpath
import re
from typing import IO

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.static import serve

_RANGE = re.compile(r"^bytes=(\d{0,18})-(\d{0,18})$", re.ASCII)
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
    asked = _RANGE.match(request.headers.get("Range", ""))
    if asked is None or asked.group(0) == "bytes=-" or "If-Range" in request.headers:
        return response
    return _part(response, int(response["Content-Length"]), *asked.groups())


def _part(whole: FileResponse, size: int, first: str, last: str) -> HttpResponseBase:
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    if start > end:
        whole.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    file = whole.file_to_stream
    assert file is not None  # noqa: S101 - `serve` opened it
    file.seek(start)
    part = FileResponse(_Part(file, end - start + 1), status=206, content_type=whole["Content-Type"])
    part["Content-Length"] = str(end - start + 1)
    part["Content-Range"] = f"bytes {start}-{end}/{size}"
    for name in ("Accept-Ranges", "Last-Modified", "Content-Security-Policy"):
        part[name] = whole[name]
    return part
