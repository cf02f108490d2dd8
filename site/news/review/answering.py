"""What the editor of a reviewed page answers where Wagtail would forget what it was told, or say only no."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from news.review.following import ApprovedMeanwhile, FormFollowing


class Answering:
    """Middleware beside the hooks of `news.review.intercepting`, which cannot reach an answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self._get_response(request)

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        """Leave in a form that is shown again which version it was opened with.

        Wagtail puts the newest there; who saves next would not hear of somebody else's.
        """
        shown: Any = response.context_data or {}
        follows: FormFollowing | None = getattr(shown.get("page"), "follows", None)
        if (
            request.method == "POST"
            and follows
            and follows.seen.isdecimal()
            and "loaded_revision_created_at" in shown
        ):
            shown["page"].latest_revision_id = int(follows.seen)
            shown["loaded_revision_created_at"] = follows.seen_at
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Lead who decided what was decided just now back to the text, and say so."""
        if not isinstance(exception, ApprovedMeanwhile):
            return None
        messages.error(request, str(exception))
        return HttpResponseRedirect(request.path)
