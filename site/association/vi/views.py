"""The library: the list with its filters, and the page of an asset."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from association.vi.asset import UnknownAsset, shown_asset, who_looks
from association.vi.choices import Choice
from association.vi.library import library_of
from brand.vi.access import Refusal, Why
from cms.navigation import in_language


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """Show the assets of this county that the filters leave."""
    choice = Choice.of(request.GET)
    found = library_of(getattr(request, "region", None), choice, page=request.GET.get("page"))
    context = {
        "title": _("VI library"),
        "description": _("Logo, colours, type, signs, bags and boxes: as files, with how to use them."),
        "trail": [_brand(), (_("VI library"), "")],
        "library": found,
        "query": choice.query(),
    }
    return render(request, "association/vi/library.html", context)


@require_safe
def asset(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one asset: what it looks like, its files, its colours, what is done with it and what is not.

    Raises:
        Http404: there is none, or it was withdrawn.
    """
    user = who_looks(request)
    try:
        shown = shown_asset(getattr(request, "region", None), slug, user=user, on=timezone.localdate())
    except UnknownAsset as error:
        raise Http404 from error
    context = {
        "title": shown.asset.title,
        "description": shown.asset.summary[:120],
        "region": shown.asset.region,
        "trail": [_brand(), (_("VI library"), reverse("association:vi")), (shown.asset.title, "")],
        "shown": shown,
        "asset": shown.asset,
        "way": _way_in(request, shown.right) if isinstance(shown.right, Refusal) else None,
    }
    response = render(request, "association/vi/asset.html", context)
    if user.is_authenticated:
        patch_cache_control(response, private=True, no_store=True)
    return response


def _way_in(request: HttpRequest, refusal: Refusal) -> tuple[str, str]:
    """Return where to go for the right that is missing, and what that is called."""
    if refusal.why is Why.NOT_SIGNED_IN:
        return f"{reverse('account_login')}?next={request.path}", _("Sign in")
    if refusal.why is Why.NOT_A_MEMBER:
        return in_language("/brand/join/"), _("How to join")
    if refusal.why in {Why.NOT_LICENSED, Why.EXPIRED}:
        return in_language("/members/licences/"), _("Apply for a licence")
    return in_language("/members/"), _("To my desk")


def _brand() -> tuple[str, str]:
    return _("The brand"), in_language("/brand/")
