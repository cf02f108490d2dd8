"""How the member answers a finding: words, with photos and papers that prove them."""

from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from brand.inspections.findings import Finding, FindingAnswer, FindingProof
from brand.inspections.refusals import InspectionRefused
from brand.inspections.telling import tell_officers_of

ANSWERED = "answered"
MOST_PROOFS = 12


def keep_proof(*, finding: Finding, file: ContentFile, name: str, at: datetime) -> FindingProof:
    """Keep a file (already read by `lib.documents`) for the answer that is being written.

    It stays when the rest of the form is refused, so that nobody sends it twice.

    Raises:
        InspectionRefused: the finding waits for no answer, or there are enough files.
    """
    if finding.state != Finding.State.OPEN:
        raise InspectionRefused(_not_open(finding))
    if finding.proofs.filter(answer=None).count() >= MOST_PROOFS:
        raise InspectionRefused(_("At most 12 files prove one answer."))
    return FindingProof.objects.create(finding=finding, file=file, name=name[-120:], at=at)


def drop_proof(*, proof: FindingProof) -> None:
    """Take back a file whose answer was not sent yet; one that was sent, a moment ago too, stays."""
    storage, name = proof.file.storage, str(proof.file.name)
    # compare-and-set: in another window the answer may just have been sent with it
    if FindingProof.objects.filter(pk=proof.pk, answer=None).delete()[0]:
        storage.delete(name)


def answer_finding(*, finding: Finding, text: str, by: User | None, at: datetime) -> FindingAnswer:
    """Send an answer with the files kept for it, and tell the officers.

    Raises:
        InspectionRefused: no words, or it was answered or closed already.
    """
    if not text.strip():
        raise InspectionRefused(_("Say what was done."))
    with transaction.atomic():
        # compare-and-set: a second answer from another tab is refused and keeps its words in the form
        if not Finding.objects.filter(pk=finding.pk, state=Finding.State.OPEN).update(
            state=Finding.State.ANSWERED
        ):
            finding.refresh_from_db(fields=["state"])
            raise InspectionRefused(_not_open(finding))
        finding.state = Finding.State.ANSWERED
        answer = FindingAnswer.objects.create(finding=finding, text=text.strip(), by=by, at=at)
        finding.proofs.filter(answer=None).update(answer=answer)
        record_act(finding, ANSWERED, by=by, at=at)
        key = str(answer.pk)
        transaction.on_commit(lambda: tell_officers_of(finding, "answered", at=at, key=key, answer=answer))
    return answer


def _not_open(finding: Finding) -> str:
    if finding.state == Finding.State.ANSWERED:
        return _("This finding was answered already. The association is looking at it.")
    return _("This finding is closed. Nothing more has to be done.")
