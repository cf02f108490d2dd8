"""From the record of a package to a claim: the phone number of the order opens it."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lib.guessing import Guesses
from lib.phone import normalise_phone
from shop.fulfilment.models import ParcelCode
from shop.order.models import Order

GUESSES = Guesses("shop-claim-by-code", allowed=5, window=3600)


class PhoneForm(forms.Form):
    """The number the order was placed with."""

    phone = forms.CharField(
        label=gettext_lazy("the phone number you ordered with"),
        max_length=20,
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )

    def clean_phone(self) -> str:
        """Return the number as orders hold it.

        Raises:
            ValidationError: it is no number.
        """
        try:
            return normalise_phone(self.cleaned_data["phone"])
        except ValueError as error:
            raise forms.ValidationError(_("A mobile number has 11 digits.")) from error


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_code(request: HttpRequest, serial: str) -> HttpResponse:
    """Lead the buyer of a package to what can be asked for.

    Who is signed in as the buyer goes straight there; anybody else enters the number of the order. Whether a
    package was sold here is told to nobody who does not know that number.
    """
    found = _packed(serial)
    if found is not None and request.user.is_authenticated and _order(found).user_id == request.user.pk:
        return _to_claim(found)
    form = PhoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (answer := _opened(request, found, form)):
        return answer
    context: dict[str, Any] = {"form": form, "serial": serial.upper(), "title": _("Something is not right")}
    return render(request, "shop/claims/by_code.html", context, status=400 if form.errors else 200)


def _opened(request: HttpRequest, found: ParcelCode | None, form: PhoneForm) -> HttpResponse | None:
    mark = GUESSES.mark(request.META.get("REMOTE_ADDR", ""), at=timezone.now())
    if GUESSES.used_up(mark):
        form.add_error(None, _("Too many tries. Wait an hour, or open the order from our message."))
        return None
    if found is not None and _order(found).phone == form.cleaned_data["phone"]:
        return _to_claim(found)
    GUESSES.note(mark)
    form.add_error(None, _("We find no order of this package with that number."))
    return None


def _packed(serial: str) -> ParcelCode | None:
    rows = ParcelCode.objects.filter(code__serial=serial.upper(), came_back_at=None)
    return rows.select_related("code", "line__owed__line__order").first()


def _order(packed: ParcelCode) -> Order:
    order: Order = packed.line.owed.line.order
    return order


def _to_claim(packed: ParcelCode) -> HttpResponseRedirect:
    page = reverse("claims:ask", args=[_order(packed).token, packed.line.owed.line_id])
    return HttpResponseRedirect(f"{page}?code={packed.code.serial}")
