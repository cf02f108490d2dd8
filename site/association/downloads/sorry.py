"""Pages instead of a file: what is the matter, and the way on."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from brand.models import Region
from brand.vi.access import Why
from brand.vi.links import Link
from brand.vi.sendings import Refused
from brand.vi.versions import VIFile
from cms.navigation import in_language

Way = tuple[str, str]


def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """Say what is missing for a file: membership, a licence, its being in force."""
    asset = error.file.version.asset
    title = _("%(asset)s is closed to you today") % {"asset": asset.title}
    way_on: Way = (
        (_("Apply for membership"), in_language("/brand/join/"))
        if error.refusal.why is Why.NOT_A_MEMBER
        else (_("My desk"), reverse("desk:desk"))
    )
    return _page(
        request, title, str(error), way_on, _asset_page(request, error.file), status=403, region=asset.region
    )


def forged(request: HttpRequest) -> HttpResponse:
    """Say that a link is not ours: a letter was lost on the way, or it was made up."""
    text = _("A letter was lost on the way, or the address was changed. Take the file from its page.")
    return _page(request, _("This link is not one of ours"), text, _library(), status=403)


def of_somebody_else(request: HttpRequest, link: Link, files: Sequence[VIFile]) -> HttpResponse:
    """Say that links are personal."""
    text = _("Links to files are personal. Get one of your own: the same file, asked for in your name.")
    return _page(
        request, _("This link was made for somebody else"), text, _again(link, files), _library(), status=403
    )


def expired(request: HttpRequest, link: Link, files: Sequence[VIFile]) -> HttpResponse:
    """Say that the time to begin is over."""
    text = _("A download has to begin within a quarter of an hour. A new link takes one press.")
    again = _again(link, files)
    return _page(
        request,
        _("This link has run out"),
        text,
        again,
        _library(),
        status=410,
        region=files[0].version.asset.region,
    )


def too_many(request: HttpRequest) -> HttpResponse:
    """Say that enough is running already."""
    text = _("Wait for one of them to end, then press again.")
    response = _page(request, _("Eight downloads of yours are running"), text, _library(), status=429)
    response["Retry-After"] = "60"
    return response


def missing(request: HttpRequest, files: Sequence[VIFile]) -> HttpResponse:
    """Say that the mistake is on our side."""
    text = _(
        "It is listed, but it is not where it should be. That is our mistake: please tell the association."
    )
    return _page(
        request, _("We cannot find the file"), text, _asset_page(request, files[0]), _library(), status=404
    )


def _page(
    request: HttpRequest, title: str, text: str, *ways: Way, status: int, region: Region | None = None
) -> HttpResponse:
    context = {
        "title": title,
        "text": text,
        "ways": ways,
        "region": region or getattr(request, "region", None),
    }
    return render(request, "association/downloads/sorry.html", context, status=status)


def _again(link: Link, files: Sequence[VIFile]) -> Way:
    if not link.is_zip:
        return _("Get a new link"), reverse("association:vi_file", args=[files[0].pk])
    query = urlencode([("file", file.pk) for file in files])
    return _("Put the files into my basket again"), f"{reverse('association:vi_basket')}?{query}"


def _asset_page(request: HttpRequest, file: VIFile) -> Way:
    """Lead to the page of the asset, which stands on its own county's site."""
    asset = file.version.asset
    region = getattr(request, "region", None)
    if region is None or region.pk != asset.region_id:
        return _library()
    return _("Back to %(asset)s") % {"asset": asset.title}, in_language(f"/brand/vi/{asset.slug}/")


def _library() -> Way:
    return _("To the VI library"), in_language("/brand/vi/")
