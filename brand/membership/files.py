"""Handing out a paper: to whom the view has let in, never kept by a browser or a proxy."""

from django.http import FileResponse
from django.utils.cache import add_never_cache_headers

from brand.membership.models import MembershipPaper

_TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg"}  # all that `lib.documents` lets in


def paper_response(paper: MembershipPaper) -> FileResponse:
    """Return the file of a paper for saving, under the name it came with."""
    ending = (paper.file.name or "").rpartition(".")[2]
    name = paper.name if paper.name.lower().endswith(f".{ending}") else f"{paper.name}.{ending}"
    response = FileResponse(
        paper.file.open("rb"), as_attachment=True, filename=name, content_type=_TYPES[ending]
    )
    add_never_cache_headers(response)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def is_picture(paper: MembershipPaper) -> bool:
    """Tell whether a browser can show it small."""
    return (paper.file.name or "").endswith(".jpg")
