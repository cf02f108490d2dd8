"""`/trace/cartons/<sscc>/`: a carton tells the public its batch, and an operator what is in it."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from lib.sscc import InvalidSscc, parse_sscc
from record.models import Carton

_THINGS = ("batch__product__region", "batch__product__member", "batch__base")


def link(request: HttpRequest, text: str) -> HttpResponse:
    """`/00/<sscc>`: what the QR code of a carton holds leads to its page."""
    response = HttpResponseRedirect(reverse("trace-carton", args=[text]))
    response.status_code = 307
    return response


@require_safe
@cache_control(private=True, no_store=True)
def carton(request: HttpRequest, text: str) -> HttpResponse:
    """Show the carton. Whether a package is genuine is told by its own code."""
    try:
        found = Carton.objects.select_related(*_THINGS).get(sscc=parse_sscc(text))
    except (InvalidSscc, Carton.DoesNotExist) as error:
        status = 400 if isinstance(error, InvalidSscc) else 404
        return render(request, "record/no_carton.html", {"sscc": text[:40]}, status=status)
    product = found.batch.product
    context = {
        "carton": found,
        "batch": found.batch,
        "product": product,
        "region": product.region,
        "base": found.batch.base,
        "inside": found.codes.count(),
        "codes": found.codes.order_by("pk") if request.user.has_perm("record.view_code") else None,
    }
    return render(request, "record/carton.html", context)
