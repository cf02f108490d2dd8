"""What templates know of the county."""

from typing import Any

from django.http import HttpRequest


def region(request: HttpRequest) -> dict[str, Any]:
    """Give templates the `region` of the request; a page about one thing overrides it."""
    return {"region": getattr(request, "region", None)}
