"""Papers that come with the form: each is judged alone, the good ones are kept, the others named."""

from collections.abc import Iterator
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from brand.licences.applications.drafts import NotChangeable
from brand.licences.applications.papers import TooManyPapers, add_paper
from brand.models import ApplicationPaper, LicenceApplication
from lib.documents import NotADocument, read_document

PREFIX = "paper_"


def keep_papers(request: HttpRequest, application: LicenceApplication, *, at: datetime) -> list[str]:
    """Keep every readable paper of the request; return a sentence for each that could not be kept."""
    return [
        problem
        for kind, file in _sent(request)
        if (problem := _keep(application, kind=kind, file=file, at=at))
    ]


def _sent(request: HttpRequest) -> Iterator[tuple[str, UploadedFile]]:
    for kind in ApplicationPaper.Kind.values:
        for file in request.FILES.getlist(f"{PREFIX}{kind}"):
            yield kind, file


def _keep(application: LicenceApplication, *, kind: str, file: UploadedFile, at: datetime) -> str:
    name = file.name or ""
    try:
        add_paper(application=application, kind=kind, file=read_document(file), name=name, at=at)
    except NotADocument as error:
        return _("%(name)s was not kept: %(reason)s") % {"name": name, "reason": error.reason}
    except (NotChangeable, TooManyPapers) as error:
        return _("%(name)s was not kept: %(reason)s") % {"name": name, "reason": error}
    return ""
