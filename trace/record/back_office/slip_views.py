"""Printing papers: the slips of a 合格证 or a test as PDF, unless the batch is blocked."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from record.back_office.desk import allowed
from record.back_office.paper_forms import PrintForm
from record.labels import FontMissing
from record.models import Batch, ConformityCertificate, ResidueTest
from record.papers.certificates import State, state_of
from record.slips import Slip, certificate_slip, residue_slip, write_slips


@allowed("record.view_conformitycertificate")
def certificate_pdf(request: HttpRequest, batch: Batch) -> HttpResponse:
    """Download the 合格证 that stands as slips."""
    standing: ConformityCertificate | None = batch.conformity_certificates.standing().first()
    if standing is None:
        raise Http404
    standing.batch = batch
    if state_of(standing) != State.STANDING:
        return _refused(request, batch, _("The batch is blocked. Its 合格证 is not printed."))
    return _download(request, batch, lambda: certificate_slip(standing))


@allowed("record.view_residuetest")
def residue_pdf(request: HttpRequest, batch: Batch, test: int) -> HttpResponse:
    """Download the 追溯检测标签 of a test as slips."""
    tests = ResidueTest.objects.select_related("batch__product").prefetch_related("reports")
    found = get_object_or_404(tests, pk=test, batch=batch)
    if not found.is_cleared or batch.is_recalled:
        return _refused(request, batch, _("The batch is blocked. No label is printed for its test."))
    return _download(request, batch, lambda: residue_slip(found))


def _download(request: HttpRequest, batch: Batch, slip: Callable[[], Slip]) -> HttpResponse:
    form = PrintForm(request.GET)
    if not form.is_valid():
        raise Http404
    shown = slip()
    try:
        content = write_slips(shown, count=form.cleaned_data["count"], preset=form.cleaned_data["preset"])
    except FontMissing:
        return _refused(request, batch, _("The fonts for labels are not installed on the server."))
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{shown.number}.pdf"'
    return answer


def _refused(request: HttpRequest, batch: Batch, reason: str) -> HttpResponse:
    messages.error(request, reason)
    return HttpResponseRedirect(reverse("record-batches:papers", args=[batch.pk]))
