"""Links between the hall and the rest: to a product's article for the record, to orders for the account."""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.pages import Link
from brand.models import Product
from record.links import ProductLink
from record.models import Code
from shop.catalogue.models import Product as Article


def product_links(product: Product) -> Iterable[ProductLink]:
    """Return where `product` can be bought: its articles that are on sale. One query."""
    articles = (
        Article.objects.browsable().filter(brand_product=product).only("slug", "structure").order_by("pk")
    )
    return [ProductLink("buy", _("Buy it"), article.get_absolute_url()) for article in articles[:1]]


def claim_links(code: Code) -> Iterable[ProductLink]:
    """Return the way to a claim for a package that was sold: whether here, the buyer's number decides."""
    if code.state == Code.State.SOLD:
        address = reverse("claims:by-code", args=[code.serial])
        yield ProductLink("claim", _("Bought in our hall? Money back or another one"), address)


def account_links(user: User) -> list[Link]:
    """Return the shop's places of a signed-in person."""
    links = [
        Link(_("My orders"), reverse("orders:mine"), "basket"),
        Link(_("My addresses"), reverse("customer:address-list"), "place"),
    ]
    operates = may_operate(user)
    if operates or user.partners.exists():
        links.append(Link(_("Seller's desk"), reverse("shop-desk:desk"), "shop"))
    if operates:
        links.append(Link(_("Shop operations"), reverse("shop-overview:index"), "file"))
    if user.stations.exists():
        links.append(Link(_("Parcel station"), reverse("stations:station"), "scan"))
    return links


def may_operate(user: User | AnonymousUser) -> bool:
    """Tell whether this person looks after the orders of a hall."""
    return user.has_perm("order.view_order")
