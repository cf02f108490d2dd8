"""What the openness window adds to the back office."""

from typing import Any

from django.http import Http404, HttpRequest
from wagtail import hooks

from openness.back_office.letters import LetterViewSet
from openness.disclosures.papers import is_held_back


@hooks.register("register_admin_viewset")
def letters() -> LetterViewSet:
    """Register the letters."""
    return LetterViewSet()


@hooks.register("before_serve_document")
def papers_come_with_their_disclosure(document: Any, request: HttpRequest) -> None:
    """Show a paper to visitors from when its disclosure is public: its address can be guessed."""
    if is_held_back(document) and not request.user.has_perm("wagtailadmin.access_admin"):
        raise Http404
