"""The papers of a batch at one desk: tests, laboratory reports, the 合格证. Each act is one domain call."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.documents.models import Document
from wagtail.images.models import Image

from accounts.models import User
from lib.by_post import by_post
from record.back_office.desk import allowed
from record.back_office.paper_forms import CertificateForm, PrintForm, ReportForm, TestForm, WithdrawForm
from record.back_office.slip_views import certificate_pdf, residue_pdf
from record.models import Batch, ResidueTest
from record.papers import certificates, residues


@allowed("record.view_conformitycertificate")
def papers(request: HttpRequest, batch: Batch) -> HttpResponse:
    """Show the papers of a batch and what can be added."""
    return _desk(request, batch)


@by_post("record-batches:papers")
@allowed("record.add_conformitycertificate")
def issue(request: HttpRequest, batch: Batch) -> HttpResponse:
    """Issue the 合格证."""
    form = CertificateForm(request.POST)
    if not form.is_valid():
        return _desk(request, batch, certificate=form)
    try:
        made = certificates.issue_certificate(
            batch=batch, at=timezone.now(), issued_by=_who(request), **form.cleaned_data
        )
    except certificates.CertificateRefused as error:
        return _refused(request, batch, error.reasons, certificate=form)
    return _done(request, batch, _("合格证 {number} is issued. Print it below.").format(number=made.number))


@by_post("record-batches:papers")
@allowed("record.change_conformitycertificate")
def withdraw(request: HttpRequest, batch: Batch) -> HttpResponse:
    """Withdraw the 合格证 that stands."""
    form = WithdrawForm(request.POST)
    standing = batch.conformity_certificates.standing().first()
    if standing is None or not form.is_valid():
        return _desk(request, batch, withdraw=form)
    try:
        certificates.withdraw_certificate(certificate=standing, at=timezone.now(), **form.cleaned_data)
    except certificates.NotWithdrawable:
        return _refused(request, batch, [_("Somebody else has withdrawn it already.")], withdraw=form)
    return _done(request, batch, _("It is withdrawn. Its page says so and why."))


@by_post("record-batches:papers")
@allowed("record.add_residuetest")
def add_test(request: HttpRequest, batch: Batch) -> HttpResponse:
    """Enter a residue test."""
    form = TestForm(request.POST, request.FILES)
    if not form.is_valid():
        return _desk(request, batch, test=form)
    facts = form.cleaned_data
    photo = facts.pop("photo")
    image = Image(title=f"{batch.lot} {facts['tested_by']}", file=photo, uploaded_by_user=request.user)
    try:
        with transaction.atomic():
            if photo:
                image.save()
            made = residues.record_test(
                batch=batch,
                at=timezone.now(),
                entered_by=_who(request),
                photo=image if photo else None,
                **facts,
            )
    except residues.TestRefused as error:
        if photo:
            image.file.delete(save=False)
        return _refused(request, batch, error.reasons, test=form)
    if made.is_positive:
        messages.warning(request, _("Positive. The batch is blocked until a laboratory finds it clean."))
    return _done(request, batch, _("Test {number} is entered.").format(number=made.number))


@by_post("record-batches:papers")
@allowed("record.add_laboratoryreport")
def add_report(request: HttpRequest, batch: Batch, test: int) -> HttpResponse:
    """Enter a laboratory report that answers a test."""
    answered = get_object_or_404(ResidueTest, pk=test, batch=batch)
    form = ReportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _desk(request, batch, report=form, report_of=answered)
    facts = form.cleaned_data
    title = f"{facts['laboratory']} {facts['number']}".strip()
    document = Document(title=title, file=facts.pop("document"), uploaded_by_user=request.user)
    try:
        with transaction.atomic():
            document.save()
            residues.record_report(
                test=answered, document=document, at=timezone.now(), entered_by=_who(request), **facts
            )
    except residues.TestRefused as error:
        document.file.delete(save=False)
        return _refused(request, batch, error.reasons, report=form, report_of=answered)
    return _done(request, batch, _("The report is entered."))


def _desk(
    request: HttpRequest, batch: Batch, *, report_of: ResidueTest | None = None, **given: forms.BaseForm
) -> HttpResponse:
    tests = list(batch.residue_tests.prefetch_related("reports__document"))
    standing = batch.conformity_certificates.standing().first()
    context: dict[str, Any] = {
        "batch": batch,
        "standing": standing,
        "withdrawn": batch.conformity_certificates.filter(withdrawn_at__isnull=False),
        "tests": tests,
        "report_of": report_of or next((test for test in tests if not test.is_cleared), None),
        "against": [] if standing else list(certificates.reasons_against_certificate(batch)),
        "certificate": given.get("certificate") or CertificateForm(initial=_suggested(batch)),
        "withdraw": given.get("withdraw") or WithdrawForm(),
        "test": given.get("test") or TestForm(),
        "report": given.get("report") or ReportForm(),
        "print": PrintForm(),
        "breadcrumbs_items": [
            {"url": reverse("record-batches:index"), "label": gettext_lazy("Batches")},
            {"url": reverse("record-batches:edit", args=[batch.pk]), "label": batch.lot},
            {"url": "", "label": gettext_lazy("Papers")},
        ],
        "header_title": gettext_lazy("Papers"),
        "page_title": gettext_lazy("Papers"),
        "page_subtitle": f"{batch.product} {batch.lot}",
        "header_icon": "doc-full",
    }
    return render(request, "record/admin/papers.html", context, status=400 if given else 200)


def _who(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def _suggested(batch: Batch) -> dict[str, Any]:
    return dict(certificates.suggested(batch, on=timezone.localdate()))


def _refused(request: HttpRequest, batch: Batch, reasons: list[Any], **given: Any) -> HttpResponse:
    for form in given.values():
        if isinstance(form, forms.BaseForm):
            for reason in reasons:
                form.add_error(None, str(reason))
    messages.error(request, " ".join(map(str, reasons)))  # on top as well: the form may be far below
    return _desk(request, batch, **given)


def _done(request: HttpRequest, batch: Batch, message: str) -> HttpResponse:
    messages.success(request, message)
    return HttpResponseRedirect(reverse("record-batches:papers", args=[batch.pk]))


urlpatterns = [
    path("<int:pk>/papers/", papers, name="papers"),
    path("<int:pk>/papers/issue/", issue, name="issue_certificate"),
    path("<int:pk>/papers/withdraw/", withdraw, name="withdraw_certificate"),
    path("<int:pk>/papers/test/", add_test, name="add_test"),
    path("<int:pk>/papers/test/<int:test>/report/", add_report, name="add_report"),
    path("<int:pk>/papers/certificate.pdf", certificate_pdf, name="certificate_pdf"),
    path("<int:pk>/papers/test-<int:test>.pdf", residue_pdf, name="residue_pdf"),
]
