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
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from oscar.apps.basket.views import BasketAddView as OscarBasketAddView

from shop.catalogue.models import Product
from shop.counting.models import HallCount
from shop.counting.tally import count


@method_decorator([never_cache, csrf_exempt], name="dispatch")
class BasketAddView(OscarBasketAddView):
    """Add an article; ask again when it is not certain that our page sent the form."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead to the article: there is nothing to see here."""
        return redirect(get_object_or_404(Product, pk=kwargs["pk"]))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Add, or ask."""
        if not (came_from_here(request) or has_token(request)):
            return self._ask(request, get_object_or_404(Product, pk=kwargs["pk"]))
        answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer

    def form_valid(self, form: Any) -> HttpResponse:
        """Add and say so in one sentence."""
        self.request.basket.add_product(form.product, form.cleaned_data["quantity"], form.cleaned_options())
        count(self.request, HallCount.Kind.BASKET)
        messages.success(self.request, _("In the basket: %(title)s") % {"title": form.product.get_title()})
        self.add_signal.send(sender=self, product=form.product, user=self.request.user, request=self.request)
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
