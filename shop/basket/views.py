"""Putting things into the basket from pages that are the same for everybody.

Such a page carries no CSRF token. What a token proves, that the form was on one of our pages, modern
browsers say themselves (`Sec-Fetch-Site`, `Origin`). Where they do not, the visitor is asked once more
on a page of their own that has a token: nothing is lost and nothing is added for a stranger.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from oscar.apps.basket.views import BasketAddView as OscarBasketAddView

from shop.basket import page
from shop.basket.changing import NotChanged, bring_back, keep_for_later, kept_lines, set_quantity, take_out
from shop.basket.models import Basket, Line
from shop.catalogue.models import Product
from shop.counting.models import HallCount
from shop.counting.tally import count
from shop.offering import offered_article
from shop.pricing import quote
from shop.promotions.holding import unused
from shop.visit import Visit


class BasketView(View):
    """The basket: each button of it is one small form, so that it works without script.

    With `X-Fragment: basket` only the middle of the page is answered, for the script that puts it in place.
    """

    def get(self, request: Visit) -> HttpResponse:
        """Show it."""
        return self._show(request)

    def post(self, request: Visit) -> HttpResponse:
        """Do what the button says and show the basket again."""
        said = ""
        try:
            said = self._act(request, request.POST.get("act", ""))
        except NotChanged as refused:
            return self._again(request, str(refused), bad=True)
        return self._again(request, said)

    def _act(self, request: Visit, act: str) -> str:
        if act == "coupon":
            return _choose_coupon(request)
        line = _line_of(request, saved=act in {"back", "forget"})
        title = line.product.get_title()
        if act == "set":
            set_quantity(line=line, quantity=_number(request.POST.get("to") or request.POST.get("quantity")))
            return ""
        if act in {"out", "forget"}:
            take_out(line=line)
            return _("Taken out: %(title)s") % {"title": title}
        if act == "later" and request.user.is_authenticated:
            keep_for_later(line=line, user=request.user)
            return _("Kept for later: %(title)s") % {"title": title}
        if act == "back":
            bring_back(line=line, basket=request.basket)
            return _("Back in the basket: %(title)s") % {"title": title}
        raise NotChanged(_("Sign in to keep things for later."))

    def _again(self, request: Visit, said: str, *, bad: bool = False) -> HttpResponse:
        if request.headers.get("X-Fragment") == "basket":
            request.basket.reset_offer_applications()
            return self._show(request, said=said, bad=bad)
        if said:
            messages.add_message(request, messages.ERROR if bad else messages.SUCCESS, said)
        return redirect("basket:summary")

    def _show(self, request: Visit, *, said: str = "", bad: bool = False) -> HttpResponse:
        fragment = request.headers.get("X-Fragment") == "basket"
        template = "shop/basket/middle.html" if fragment else "oscar/basket/basket.html"
        return render(request, template, shown(request) | {"said": said, "bad": bad})


def shown(request: Visit) -> dict[str, Any]:
    """Return what the page of the basket shows."""
    user = request.user if request.user.is_authenticated else None
    priced = quote(request.basket, user=user)
    return {
        "quote": priced,
        "stalls": page.stalls(priced),
        "gifts": page.gifts(priced),
        "left_out": page.left_out(priced),
        "kept": [_kept(line) for line in kept_lines(user)] if user else [],
        "pieces": sum(line.quantity for line in priced.lines if not line.gift),
    }


def mini(request: Visit) -> HttpResponse:
    """Show what lies in the basket in a few lines, for the sheet after something went in."""
    return render(request, "shop/basket/mini.html", shown(request))


def _kept(line: Line) -> dict[str, Any]:
    product = line.product
    return {"line": line, "product": product, "thing": page.thing_of(product), "title": product.get_title()}


def _line_of(request: Visit, *, saved: bool) -> Line:
    """Return the line a button speaks of, of this visitor only.

    Raises:
        NotChanged: it is there no more.
    """
    number = _number(request.POST.get("line"))
    lines = Line.objects.select_related("basket", "product__parent", "stockrecord__partner")
    if saved:
        kept = request.user.pk or 0
        line = lines.filter(pk=number, basket__owner=kept, basket__status=Basket.SAVED).first()
    else:
        line = lines.filter(pk=number, basket=request.basket.pk or 0).first()
    if line is None:
        raise NotChanged(_("That was taken out already."))
    line.basket.strategy = request.strategy
    return line


def _choose_coupon(request: Visit) -> str:
    """Keep which coupon shall count, out of those in hand."""
    number = _number(request.POST.get("coupon"))
    held = unused(basket=request.basket, user=request.user).filter(voucher=number).select_related("voucher")
    if (one := held.first()) is None:
        raise NotChanged(_("The coupon is gone."))
    if request.basket.pk is None:
        raise NotChanged(_("The basket is empty."))
    same_hall = request.basket.vouchers.filter(region=one.voucher.region)
    request.basket.vouchers.remove(*same_hall)
    request.basket.vouchers.add(one.voucher)
    return ""


def _number(text: str | None) -> int:
    try:
        return int(text or "")
    except ValueError:
        raise NotChanged(_("A number from 0 on, please.")) from None


@method_decorator([never_cache, csrf_exempt], name="dispatch")
class BasketAddView(OscarBasketAddView):
    """Add an article; ask again when it is not certain that our page sent the form."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: Visit, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead to the article: there is nothing to see here."""
        return redirect(get_object_or_404(Product, pk=kwargs["pk"]))

    def post(self, request: Visit, *args: Any, **kwargs: Any) -> HttpResponse:
        """Add, or ask."""
        if not (came_from_here(request) or has_token(request)):
            return self._ask(request, get_object_or_404(Product, pk=kwargs["pk"]))
        self.product = offered_article(kwargs["pk"]) or get_object_or_404(Product, pk=kwargs["pk"])
        # beyond Oscar's own post, which would read the article anew
        answer: HttpResponse = super(OscarBasketAddView, self).post(request, *args, **kwargs)
        return answer

    def form_valid(self, form: Any) -> HttpResponse:
        """Add and say so in one sentence."""
        options = form.cleaned_options() if self.product.has_options else []
        self.request.basket.add_product(form.product, form.cleaned_data["quantity"], options)
        count(self.request, HallCount.Kind.BASKET)
        messages.success(self.request, _("In the basket: %(title)s") % {"title": form.product.get_title()})
        return redirect(self.get_success_url())

    def form_invalid(self, form: Any) -> HttpResponse:
        """Say why not, where the visitor was."""
        for error in {message for errors in form.errors.values() for message in errors}:
            messages.error(self.request, error)
        return redirect(self.product.get_absolute_url())

    def get_success_url(self) -> str:
        """Go where the form says, on this host only; else to the basket."""
        following = self.request.POST.get("next", "")
        safe = url_has_allowed_host_and_scheme(following, self.request.get_host())
        return following if safe else "basket:summary"

    def _ask(self, request: HttpRequest, article: Product) -> HttpResponse:
        sent = {name: request.POST[name] for name in ("quantity", "child_id", "next") if name in request.POST}
        return render(request, "oscar/basket/ask.html", {"product": article, "sent": sent})


def came_from_here(request: HttpRequest) -> bool:
    """Tell whether the browser says that a page of this very host sent the request."""
    if said := request.headers.get("Sec-Fetch-Site"):
        return said == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def has_token(request: HttpRequest) -> bool:
    """Tell whether the form carries a right CSRF token."""
    checked: CsrfViewMiddleware = CsrfViewMiddleware(lambda _request: HttpResponse())
    return checked.process_view(request, _checked, (), {}) is None


def _checked(request: HttpRequest) -> HttpResponse:
    """Stand for a view that is not exempt."""
    return HttpResponse()
