"""Findings on the desk: listed, read with their photos, answered with proof."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from association.desk.gate import MemberRequest, member_page
from association.desk.pages import desk_page
from association.inspections.forms import AnswerForm
from association.inspections.queries import findings_of, look_of, visits_to
from brand.acts.models import acts_on
from brand.inspections.answering import answer_finding, drop_proof, keep_proof
from brand.inspections.proofs import proof_answer
from brand.inspections.refusals import InspectionRefused
from brand.models import Finding, FindingProof, InspectionPhoto


@require_safe
@member_page
def finding_list(request: MemberRequest) -> HttpResponse:
    """Show what has to be put right, what was, and who comes next."""
    today = timezone.localdate()
    shown = [(finding, look_of(finding, on=today)) for finding in findings_of(request.member)]
    context = {"findings": shown, "visits": visits_to(request.member)}
    return desk_page(request, "association/inspections/list.html", context, title=_("Inspections"))


@require_http_methods(["GET", "HEAD", "POST"])
@member_page
def finding_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """Show one finding; posted, keep files, take one back, or send the answer."""
    finding = get_object_or_404(findings_of(request.member), pk=pk)
    if request.method != "POST":
        return _page(request, finding, AnswerForm())
    form = AnswerForm(request.POST, request.FILES)
    try:
        return _act(request, finding, form)
    except InspectionRefused as error:
        form.add_error(None, str(error))
        return _page(request, finding, form, status=409)


def _act(request: MemberRequest, finding: Finding, form: AnswerForm) -> HttpResponse:
    """Keep what is good first, so that nobody sends a file twice; then do what the button says.

    Raises:
        InspectionRefused: the finding waits for no answer any more.
    """
    now = timezone.now()
    for name, content in form.sent_files():
        keep_proof(finding=finding, file=content, name=name, at=now)
    if dropped := request.POST.get("drop", ""):
        proofs = FindingProof.objects.filter(finding=finding, answer=None)
        if dropped.isdecimal() and (proof := proofs.filter(pk=int(dropped)).first()):
            drop_proof(proof=proof)
    sends = "send" in request.POST
    if sends and form.is_valid() and not form.refused:
        answer_finding(finding=finding, text=form.cleaned_data["text"], by=request.user, at=now)
        messages.success(request, _("Sent. The association looks at it and tells you here."))
        return redirect("desk:finding", pk=finding.pk)
    shown = form if sends else AnswerForm(initial={"text": request.POST.get("text", "")})
    shown.refused = form.refused
    return _page(request, finding, shown, status=400 if sends or form.refused else 200)


def _page(request: MemberRequest, finding: Finding, form: AnswerForm, *, status: int = 200) -> HttpResponse:
    now = timezone.now()
    finding.refresh_from_db(fields=["state", "due_on", "closed_at"])
    context: dict[str, Any] = {
        "finding": finding,
        "standing": look_of(finding, on=timezone.localdate(now)),
        "form": form if finding.state == Finding.State.OPEN else None,
        "unsent": form.data.get("text", "") if finding.state != Finding.State.OPEN else "",
        "errors": form.non_field_errors() if form.is_bound else [],
        "refused": form.refused,
        "kept": finding.proofs.filter(answer=None),
        "answers": finding.answers.prefetch_related("proofs"),
        "asked": [act for act in acts_on(finding) if act.verb in {"returned", "closed"} and act.note],
        "photos": finding.photos.all(),
    }
    above = ((_("Inspections"), reverse("desk:findings")),)
    title = _("Finding %(name)s") % {"name": finding.name}
    return desk_page(
        request, "association/inspections/finding.html", context, title=title, above=above, status=status
    )


@require_safe
@member_page
def proof(request: MemberRequest, pk: int) -> FileResponse:
    """Hand a file back to the member who sent it."""
    rows = FindingProof.objects.filter(finding__inspection__licence__member=request.member)
    return proof_answer(get_object_or_404(rows, pk=pk))


@require_safe
@member_page
def photo(request: MemberRequest, pk: int) -> FileResponse:
    """Show a photo of a finding to the member it was raised against."""
    rows = InspectionPhoto.objects.filter(finding__inspection__licence__member=request.member)
    response = FileResponse(get_object_or_404(rows, pk=pk).file.open(), content_type="image/jpeg")
    response["X-Content-Type-Options"] = "nosniff"
    return response
