"""Giving out links: the county's terms first, then an address for this person and these files."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control

from accounts.models import User
from brand.vi.accepting import agreement_to_accept
from brand.vi.access import Grant
from brand.vi.links import sign_link
from brand.vi.versions import VIFile, VIFormat

CONTENT_TYPES: Final = {
    VIFormat.SVG: "image/svg+xml",
    VIFormat.AI: "application/postscript",
    VIFormat.PDF: "application/pdf",
    VIFormat.PNG: "image/png",
    VIFormat.JPG: "image/jpeg",
    VIFormat.TIFF: "image/tiff",
    VIFormat.ZIP: "application/zip",
}


def personal(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let nobody keep the answer: it is about who asks and about today."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        return response

    return asked


def give(
    request: HttpRequest, files: Sequence[VIFile], grants: Sequence[Grant], *, is_zip: bool, back: str = ""
) -> HttpResponseRedirect:
    """Lead to a link to `files`, or to the terms where they have to be accepted first.

    From the terms the way leads to `back`, by default to the address that was asked for.
    """
    user = request.user if isinstance(request.user, User) else None
    if user and (open_terms := agreement_to_accept(grants, user=user)):
        query = urlencode({"for": open_terms[1].slug, "next": back or request.get_full_path()})
        return redirect(f"{reverse('association:vi_agreement')}?{query}")
    ids = [file.pk for file in files]
    signed = sign_link(user_id=user.pk if user else None, file_ids=ids, is_zip=is_zip, at=timezone.now())
    address = reverse("association:vi_download", args=[signed, name_of(files, is_zip=is_zip)])
    # a form was sent for a zip: what follows is read, not sent again
    return HttpResponseRedirect(address, status=303 if is_zip else 302)


def name_of(files: Sequence[VIFile], *, is_zip: bool) -> str:
    """Return the name under which it is saved."""
    if not is_zip:
        return files[0].name
    return f"{files[0].version.asset.region.slug}-vi-{timezone.localdate():%Y%m%d}.zip"


def content_type_of(files: Sequence[VIFile], *, is_zip: bool) -> str:
    """Return what it is, for programs that open it."""
    return "application/zip" if is_zip else CONTENT_TYPES[VIFormat(files[0].format)]
