"""Papers that come with the form: kept one by one, whatever is wrong with the rest."""

from collections.abc import Iterator

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from association.joining.gate import Applicant
from brand.membership.drafts import NotOpen
from brand.membership.models import MembershipApplication, MembershipPaper
from brand.membership.papers import TooManyPapers, add_paper, remove_paper
from lib.documents import NotADocument


def input_name(kind: str) -> str:
    """Return the name of the input that takes papers of one kind."""
    return f"paper-{kind}"


def keep_papers(request: Applicant, application: MembershipApplication) -> dict[str, list[str]]:
    """Keep every paper that was sent along; return what was wrong with the others, by kind."""
    refused: dict[str, list[str]] = {}
    for kind, upload in _uploads(request):
        try:
            add_paper(application=application, kind=kind, upload=upload, at=timezone.now())
        except (NotADocument, TooManyPapers, NotOpen) as refusal:
            refused.setdefault(kind, []).append(f"{upload.name}: {refusal}")
    return refused


def remove_named(application: MembershipApplication, pk: str) -> bool:
    """Remove the paper with that key, if the application has it and is open."""
    paper = application.papers.filter(pk=int(pk)).first() if pk.isdecimal() else None
    if paper is None:
        return False
    try:
        remove_paper(paper=paper)
    except NotOpen:
        return False
    return True


def _uploads(request: Applicant) -> Iterator[tuple[str, UploadedFile]]:
    for kind in MembershipPaper.Kind.values:
        for upload in request.FILES.getlist(input_name(kind)):
            yield kind, upload
