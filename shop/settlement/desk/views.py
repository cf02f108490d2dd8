"""The statements of a supplier: read, taken along, confirmed or objected to."""

from io import BytesIO
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from brand.packaging.papers.downloads import XLSX, download
from shop.desk.acting import DeskForm, acted, refusals_of, status_of
from shop.desk.gate import SellerRequest, seller_page
from shop.desk.pages import desk_page
from shop.settlement.deciding import confirm_statement, object_to_statement
from shop.settlement.desk.forms import ConfirmForm, ObjectForm
from shop.settlement.models import Statement
from shop.settlement.papers import statement_pdf, write_workbook
from shop.settlement.refusals import SettlementRefused


@require_safe
@seller_page
def statements(request: SellerRequest) -> HttpResponse:
    """List the statements."""
    found = request.scope.narrow(Statement.objects.select_related("partner"))
    context = {"page": Paginator(found, 24).get_page(request.GET.get("page"))}
    return desk_page(request, "shop/settlement/statements.html", context, title=_("Settlement"))


@require_http_methods(["GET", "HEAD", "POST"])
@seller_page
def statement(request: SellerRequest, number: str) -> HttpResponse:
    """Show one with its orders; confirm it or object."""
    found = _find(request, number)
    answer, forms = acted(request, _offered(request, found), refusals=(SettlementRefused,))
    if answer is not None:
        return answer
    lines = found.lines.select_related("order")
    context = {
        "statement": found,
        "lines": Paginator(lines, 50).get_page(request.GET.get("page")),
        "forms": forms,
        "open": refusals_of(forms),
    }
    above = ((_("Settlement"), reverse("shop-desk:statements")),)
    title = _("Statement %(number)s") % {"number": found.number}
    return desk_page(
        request,
        "shop/settlement/statement.html",
        context,
        title=title,
        status=status_of(forms),
        above=above,
    )


@require_safe
@seller_page
def pdf(request: SellerRequest, number: str) -> HttpResponse:
    """Hand it out on paper."""
    found = _find(request, number)
    back = reverse("shop-desk:statement", args=[number])
    return download(request, lambda: statement_pdf(found), name=f"{found.number}.pdf", back=back)


@require_safe
@seller_page
def xlsx(request: SellerRequest, number: str) -> HttpResponse:
    """Hand it out as a workbook."""
    found = _find(request, number)
    out = BytesIO()
    write_workbook(found, out)
    back = reverse("shop-desk:statement", args=[number])
    return download(request, out.getvalue, name=f"{found.number}.xlsx", kind=XLSX, back=back)


def _find(request: SellerRequest, number: str) -> Statement:
    found = request.scope.narrow(Statement.objects.select_related("partner__member__region"))
    return get_object_or_404(found, number=number)


def _offered(request: SellerRequest, found: Statement) -> dict[str, DeskForm]:
    """Return what the state allows: both while it is a draft, confirming also after an objection."""
    offered: dict[str, DeskForm] = {}
    now = timezone.now()

    def confirm(_form: Any) -> str:
        confirm_statement(statement=found, by=request.user, at=now)
        return _("Confirmed. The hall pays it out.")

    def object_to(form: Any) -> str:
        object_to_statement(statement=found, by=request.user, at=now, **form.cleaned_data)
        return _("Sent. The hall looks at it and draws the statement up again.")

    if found.state in Statement.OPEN:
        offered["confirm"] = DeskForm(ConfirmForm, confirm)
    if found.state == Statement.State.DRAFT:
        offered["object"] = DeskForm(ObjectForm, object_to)
    return offered
