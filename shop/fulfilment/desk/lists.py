"""What is to be sent: the orders, and what has to be fetched from the shelves for them."""

from dataclasses import dataclass, field

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from shop.desk.gate import SellerRequest, seller_page
from shop.desk.pages import desk_page
from shop.desk.scope import Scope
from shop.fulfilment.models import Consignment, Parcel
from shop.fulfilment.owing import to_pack, wanted

ON_A_PAGE = 20
_TABS = {
    "": (),
    "sent": (Consignment.State.SENT, Consignment.State.PARTLY_SENT),
    "done": (Consignment.State.RECEIVED, Consignment.State.STOPPED),
}


@dataclass(slots=True)
class Picked:
    """One article to fetch: how many, for which orders; `packed` of them lie in open parcels."""

    title: str
    sku: str
    quantity: int = 0
    packed: int = 0
    orders: list[str] = field(default_factory=list)


@require_safe
@seller_page
def orders(request: SellerRequest) -> HttpResponse:
    """List the consignments of the sellers looked at. Three queries besides the gate's."""
    tab = request.GET.get("tab", "")
    states = _TABS.get(tab, ())
    found = request.scope.narrow(Consignment.objects.all())
    chosen = found.filter(state__in=states).order_by("-pk") if states else to_pack(found)
    rows = chosen.select_related(
        "partner", "order__shipping_address", "order__pickup_point"
    ).prefetch_related("lines__line")
    context = {
        "page": Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page")),
        "tab": tab if states else "",
        "tabs": [("", _("To be packed")), ("sent", pgettext("parcel", "On the way")), ("done", _("Closed"))],
        "now": timezone.now(),
    }
    return desk_page(request, "shop/desk/orders.html", context, title=_("Orders to send"))


@require_safe
@seller_page
def pick(request: SellerRequest) -> HttpResponse:
    """Show what to fetch from the shelves for everything that waits."""
    context = {"picked": picked(request.scope), "now": timezone.now()}
    above = ((_("Orders to send"), reverse("shop-desk:orders")),)
    return desk_page(request, "shop/desk/pick.html", context, title=_("Pick list"), above=above)


def picked(scope: Scope) -> list[Picked]:
    """Return what is to be fetched for the sellers looked at, article by article. Three queries."""
    found: dict[tuple[str, str], Picked] = {}
    waiting = to_pack(scope.narrow(Consignment.objects.all()))
    for consignment in waiting.prefetch_related("lines__line", "lines__packed__parcel"):
        for line in consignment.lines.all():
            line.consignment = consignment
            left = wanted(line) - line.sent
            if left <= 0:
                continue
            key = (line.line.title, line.line.partner_sku)
            one = found.setdefault(key, Picked(*key))
            one.quantity += left
            one.packed += sum(
                row.quantity for row in line.packed.all() if row.parcel.state == Parcel.State.PACKING
            )
            one.orders.append(consignment.number)
    return sorted(found.values(), key=lambda one: one.title)
