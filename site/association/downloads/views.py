"""Asking for a file, and the signed link that hands it out."""

import logging

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from association.downloads import sorry
from association.downloads.giving import content_type_of, give, name_of, personal
from brand.vi.accepting import accepted_agreement, agreement_to_accept
from brand.vi.access import Why
from brand.vi.download_log import has_begun
from brand.vi.links import ForgedLink, Link, read_link
from brand.vi.sendings import FilesGone, Refused, files_named, grants_to, make_sending
from brand.vi.versions import VIFile
from lib.handover import hand_over, slot_of

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 8  # of one person; programs that fetch parts side by side use up to that


@require_safe
@personal
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to a link made for whoever asks, or say what is missing.

    Raises:
        Http404: there is no such file, or it is not handed out any more.
    """
    try:
        files = files_named([pk])
        grants = grants_to(files, user=request.user, at=timezone.now())
    except FilesGone as gone:
        raise Http404 from gone
    except Refused as refused:
        return _refused(request, refused)
    return give(request, files, grants, is_zip=False)


@require_safe
@personal
def download(request: HttpRequest, signed: str, name: str) -> HttpResponse:
    """Hand over what a signed link stands for. `name` is for people and programs that look at the address.

    Raises:
        Http404: a file of the link is not handed out any more.
    """
    try:
        link = read_link(signed)
    except ForgedLink:
        return sorry.forged(request)
    try:
        files = files_named(link.file_ids)
    except FilesGone as gone:
        raise Http404 from gone
    problem = _problem(request, link, files)
    return problem or _hand_over(request, link.taken_by(request.user.pk), files)


def _problem(request: HttpRequest, link: Link, files: list[VIFile]) -> HttpResponse | None:
    """Say what is wrong with the link itself: made for somebody else, or too old."""
    is_public = all(file.version.asset.is_public for file in files)
    if not is_public and link.user_id != request.user.pk:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return sorry.of_somebody_else(request, link, files)
    is_in_time = _is_in_time(request, link.taken_by(request.user.pk))
    return None if is_in_time else sorry.expired(request, link, files)


def _is_in_time(request: HttpRequest, link: Link) -> bool:
    """Tell whether a download may begin, or, where only a part is asked for, may go on."""
    now = timezone.now()
    if link.is_fresh(at=now):
        return True
    return "Range" in request.headers and link.may_be_taken_up(at=now) and has_begun(link)


def _hand_over(request: HttpRequest, link: Link, files: list[VIFile]) -> HttpResponse:
    user = request.user if isinstance(request.user, User) else None
    try:
        grants = grants_to(files, user=request.user, at=timezone.now())
        if user and link.is_fresh(at=timezone.now()) and agreement_to_accept(grants, user=user):
            # the files were opened to fewer, or new terms came out, since the link was made
            return give(request, files, grants, is_zip=link.is_zip)
        agreement = accepted_agreement(grants, user=user)
        sending = make_sending(link, files, user=user, grants=grants, agreement=agreement)
    except Refused as refused:
        return _refused(request, refused)
    except FilesGone:
        logger.exception("files of the VI library are missing in the storage: %s", link.file_ids)
        return sorry.missing(request, files)
    if sending.owner and slot_of(request).running.get(sending.owner, 0) >= MOST_AT_ONCE:
        return sorry.too_many(request)
    name, kind = name_of(files, is_zip=link.is_zip), content_type_of(files, is_zip=link.is_zip)
    return hand_over(request, sending, name=name, content_type=kind)


def _refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    why = refused.refusal.why
    if why is Why.NOT_HERE:
        raise Http404 from refused
    if why is Why.NOT_SIGNED_IN:
        return redirect_to_login(request.get_full_path())
    return sorry.refused(request, refused)
