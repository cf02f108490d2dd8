"""The address of the press kit."""

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe
from wagtail.models import Site

from association.pages.press import PressPage
from association.press.kit import KitTooLarge, NothingToPack, kept_zip


@require_safe
def press_kit(request: HttpRequest) -> HttpResponse:
    """Lead to the zip of this county's press page."""
    site = Site.find_for_request(request)
    pages = PressPage.objects.live().public()
    page = pages.descendant_of(site.root_page).first() if site else None
    if page is None:
        raise Http404
    try:
        return redirect(default_storage.url(kept_zip(page)))
    except (KitTooLarge, NothingToPack):
        raise Http404 from None
