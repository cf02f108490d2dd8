"""The views of the public pages: find the thing, read its record, render."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from brand.models import Product
from lib.prepared import TEXT, Prepared
from record.clones.wording import signs
from record.codes.serials import InvalidSerial, parse_serial
from record.digital_link import BadLink
from record.entry import Entry, read_entry
from record.links import code_links, product_links
from record.models import Batch, Code
from record.pages.answers import no_such_code
from record.pages.papers import paper_page
from record.pages.pin_answers import PinAnswer
from record.pages.wording import sentence
from record.papers.shown import product_papers
from record.scans import devices
from record.scans.recording import UnknownCode, newest_scans, verdict_on, with_newest_scans
from record.scans.verdicts import Kind
from record.scans.visits import is_scan, record_visit
from record.timeline import batch_record

_BATCH = ("product__region", "product__member", "product__crop", "base")
_packages: Prepared[Code] = Prepared(
    lambda serial: (
        with_newest_scans(
            Code.objects.select_related("product__region", "product__member", "batch__base", "pin")
        )
        .filter(serial=serial)
        .order_by()
    ),
    place=TEXT,
)
_TOLD = {Kind.AGAIN, Kind.SUSPICIOUS}


@require_safe
def lookup(request: HttpRequest) -> HttpResponse:
    """`/trace/`: type or scan a code. A code that can be read is a scan and leads to its record."""
    text = request.GET.get("code", "").strip()
    if not text:
        return render(request, "record/lookup.html")
    try:
        entry = read_entry(text)
        if not entry.serial:
            return HttpResponseRedirect(_page_of(entry))
        response = HttpResponseRedirect(reverse("trace-package", args=[entry.serial]))
        return record_visit(request, response, entry.serial) if is_scan(request) else response
    except (InvalidSerial, BadLink) as error:
        context = {"code": text[:200], "problem": sentence(error)}
        return render(request, "record/lookup.html", context, status=400)
    except UnknownCode:
        return no_such_code(request, entry.serial)


@require_safe
@cache_control(private=True, no_store=True)
def package(request: HttpRequest, text: str) -> HttpResponse:
    """`/trace/<serial>/`: the verdict on one package and the record of its batch. Looking is no scan."""
    try:
        serial = parse_serial(text)
    except InvalidSerial:
        return no_such_code(request, text)
    return show_package(request, serial)


def show_package(
    request: HttpRequest, serial: str, *, pin: PinAnswer | None = None, status: int = 200
) -> HttpResponse:
    """Render the record of one package; `pin` is the answer to the digits of its scratch field."""
    found = _packages(serial)
    if not found:
        return no_such_code(request, serial)
    code = found[0]
    now = timezone.now()
    mark = devices.device_mark(token=devices.device_token(request), serial=serial)
    verdict = verdict_on(code, device=mark, at=now)
    scans = newest_scans(code, device=mark) if verdict.kind in _TOLD else []
    odd = signs(code) if verdict.kind is Kind.SUSPICIOUS else []
    context = {"code": code, "verdict": verdict, "scans": scans, "signs": odd, "now": now, "pin": pin}
    context["code_links"] = code_links(code)
    if code.batch:
        code.batch.product = code.product
    things = _things(code.product, code.batch)
    return render(request, "record/package.html", context | things, status=status)


@require_safe
@cache_control(public=True, max_age=0, must_revalidate=True)
def batch(request: HttpRequest, gtin: str, lot: str) -> HttpResponse:
    """`/trace/batches/<gtin14>/<lot>/`: the record of a batch."""
    found = get_object_or_404(Batch.objects.select_related(*_BATCH).named(gtin=gtin, lot=lot))
    return render(request, "record/batch.html", _things(found.product, found))


@require_safe
@cache_control(public=True, max_age=0, must_revalidate=True)
def season(request: HttpRequest, gtin: str, lot: str) -> HttpResponse:
    """`/trace/batches/<gtin14>/<lot>/season/`: weather and films, as the part that record pages fetch."""
    found = get_object_or_404(Batch.objects.select_related(*_BATCH).named(gtin=gtin, lot=lot))
    context = {"batch": found, "product": found.product, "record": batch_record(found)}
    response = render(request, "record/season.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
@cache_control(public=True, max_age=0, must_revalidate=True)
def product(request: HttpRequest, gtin: str) -> HttpResponse:
    """`/trace/products/<gtin14>/`: what vouches for a product, and its batches."""
    found = get_object_or_404(Product.objects.select_related("region", "member"), gtin=gtin)
    batches = found.batches.select_related("base").order_by("-harvested_on", "-id")[:20]
    recalled = found.batches.exclude(recalled_at=None).order_by("-recalled_at")[:5]
    context = {"batches": batches, "recalled": recalled}
    return render(request, "record/product.html", _things(found, None) | context)


def _page_of(entry: Entry) -> str:
    """Return the page of what is no package.

    Raises:
        Http404: nobody sells such a product here.
    """
    if entry.paper:
        return paper_page(entry.paper)
    if entry.link:
        return _link_page(entry.link.gtin, entry.link.lot)
    return reverse("trace-carton", args=[entry.sscc])


def _link_page(gtin: str, lot: str) -> str:
    """Return the page of a barcode's product, or of a lot of it.

    Raises:
        Http404: nobody sells such a product here.
    """
    if lot and Batch.objects.named(gtin=gtin, lot=lot).exists():
        return reverse("trace-batch", args=[gtin, lot])
    if Product.objects.filter(gtin=gtin).exists():
        return reverse("trace-product", args=[gtin])
    raise Http404


def _things(product: Product, batch: Batch | None) -> dict[str, Any]:
    """Return what every page about a product or a batch of it shows; it wears the product's region."""
    return {
        "region": product.region,
        "product": product,
        "batch": batch,
        "base": batch.base if batch else None,
        "record": batch_record(batch) if batch else None,
        "papers": product_papers(product, on=timezone.localdate()),
        "links": product_links(product),
    }
