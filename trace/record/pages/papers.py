"""The pages behind the QR codes of papers: one 合格证, one residue test."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from lib import qr
from record.models import ConformityCertificate, ResidueTest
from record.papers.certificates import State, state_of
from record.slips import certificate_link, residue_link

_BATCH = ("batch__product__region", "batch__product__member", "batch__base")


@dataclass(frozen=True, slots=True)
class Seal:
    """How an answer looks: its character and its class."""

    character: str
    css: str


SEALS: Mapping[State, Seal] = {
    State.STANDING: Seal("真", "ok"),
    State.WITHDRAWN: Seal("废", "void"),
    State.RECALLED: Seal("召", "recall"),
    State.BLOCKED: Seal("未", "wait"),
}


@require_safe
@cache_control(public=True, max_age=0, must_revalidate=True)
def certificate(request: HttpRequest, number: str) -> HttpResponse:
    """`/trace/certificates/<number>/`: the QR form of a 合格证."""
    papers = ConformityCertificate.objects.select_related(*_BATCH)
    found = papers.filter(number=number.strip().upper()).first()
    if found is None:
        return _unknown(request, number)
    state = state_of(found)
    context = {"certificate": found, "state": state.value, "seal": SEALS[state]}
    return render(
        request, "record/certificate.html", context | _things(found, certificate_link(found.number))
    )


@require_safe
@cache_control(public=True, max_age=0, must_revalidate=True)
def residue_test(request: HttpRequest, number: str) -> HttpResponse:
    """`/trace/tests/<number>/`: what the QR code of a 追溯检测标签 leads to."""
    tests = ResidueTest.objects.select_related(*_BATCH, "photo").prefetch_related("reports__document")
    found = tests.filter(number=number.strip().upper()).first()
    if found is None:
        return _unknown(request, number)
    return render(request, "record/test.html", {"test": found} | _things(found, residue_link(found.number)))


def paper_page(number: str) -> str:
    """Return the address of the 合格证 or test with that number."""
    return reverse("trace-certificate" if number.startswith("HG") else "trace-test", args=[number])


def _things(paper: ConformityCertificate | ResidueTest, link: str) -> dict[str, Any]:
    batch = paper.batch
    return {
        "region": batch.product.region,
        "product": batch.product,
        "batch": batch,
        "code": _drawn(link),
        "link": link,
    }


def _drawn(link: str) -> SafeString:
    return mark_safe(qr.svg(qr.single(link), label=_("QR code of this page")))  # noqa: S308 - drawn by us


def _unknown(request: HttpRequest, number: str) -> HttpResponse:
    return render(request, "record/no_paper.html", {"number": number[:40]}, status=404)
