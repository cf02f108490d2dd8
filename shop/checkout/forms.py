"""The one form of the checkout: who, where to, which invoice, how to pay."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from lib.credit_code import canonical_credit_code, validate_credit_code
from lib.phone import InvalidPhone, normalise_phone
from shop.divisions.table import Place, place
from shop.invoices.models import InvoiceRequest
from shop.order.models import Order
from shop.ordering.wanted import Address, Buyer, Destination, Invoice
from shop.pickup.models import PickupPoint

PARCEL, PICKUP = Order.Delivery.PARCEL, Order.Delivery.PICKUP
_KINDS = [("", ""), *InvoiceRequest.Kind.choices]


class PhoneField(forms.CharField):
    """A mobile number however it was typed; gives its one spelling (E.164)."""

    def to_python(self, value: Any) -> str:
        """Return the number, "" without one."""
        typed = super().to_python(value)
        if not typed:
            return ""
        try:
            return normalise_phone(typed)
        except InvalidPhone as refused:
            raise forms.ValidationError(str(refused)) from refused


class _Shared(dict[str, forms.Field]):
    """Fields no form changes, so that each need not copy them: that took as long as checking them."""

    def __deepcopy__(self, memo: Any) -> "_Shared":
        return self


class CheckoutForm(forms.Form):
    """What a buyer fills in. The template draws it: fields that are not asked for are not required."""

    phone = PhoneField(max_length=30)
    email = forms.EmailField(required=False)
    delivery = forms.ChoiceField(choices=Order.Delivery.choices)
    name = forms.CharField(max_length=40, required=False)
    receiver_phone = PhoneField(max_length=30, required=False)
    district = forms.CharField(max_length=6, required=False)
    street = forms.CharField(max_length=120, required=False)
    keep_address = forms.BooleanField(required=False)
    pickup_point = forms.CharField(max_length=12, required=False)
    invoice = forms.ChoiceField(choices=_KINDS, required=False)
    invoice_title = forms.CharField(max_length=100, required=False)
    tax_number = forms.CharField(max_length=30, required=False)
    note = forms.CharField(max_length=200, required=False)
    way = forms.CharField(max_length=20)
    key = forms.SlugField(max_length=32)
    shown_total = forms.CharField(max_length=14)
    accepted = forms.IntegerField(required=False)
    accept = forms.BooleanField(required=False)

    def __init__(self, *args: Any, points: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.points = {str(point.pk): point for point in points}

    def clean_shown_total(self) -> Decimal:
        """Return the total the buyer saw."""
        try:
            shown = Decimal(self.cleaned_data["shown_total"])
        except InvalidOperation:
            raise forms.ValidationError(_("Look at the total again.")) from None
        if not shown.is_finite():
            raise forms.ValidationError(_("Look at the total again."))
        return shown

    def clean_pickup_point(self) -> PickupPoint | None:
        """Return the point that was chosen, one of this hall."""
        return self.points.get(self.cleaned_data["pickup_point"])

    def clean_tax_number(self) -> str:
        """Return the tax number of a company, checked (GB 32100); nothing with a person."""
        if self.data.get("invoice") != InvoiceRequest.Kind.COMPANY:
            return ""
        number = canonical_credit_code(self.cleaned_data["tax_number"])
        validate_credit_code(number)
        return number

    def clean(self) -> dict[str, Any]:
        """Ask for what the delivery and the invoice need."""
        cleaned = self.cleaned_data
        if cleaned.get("delivery") == PICKUP:
            self._need("pickup_point", _("Choose where to pick it up."))
        else:
            self._need("name", _("Who receives the parcel?"))
            self._need("street", _("Street, village and door number are missing."))
            self.place = place(cleaned.get("district") or "")
            if self.place is None:
                self.add_error("district", _("Choose province, city and district."))
        if cleaned.get("invoice"):
            self._need("invoice_title", _("Which name stands on the invoice?"))
        return cleaned

    def buyer(self, user: Any) -> Buyer:
        """Return who buys."""
        account = user if user.is_authenticated else None
        return Buyer(self.cleaned_data["phone"], user=account, email=self.cleaned_data["email"])

    def destination(self) -> Destination:
        """Return where it goes."""
        cleaned = self.cleaned_data
        if cleaned["delivery"] == PICKUP:
            return Destination(pickup_point=cleaned["pickup_point"])
        where: Place = self.place  # type: ignore[assignment]
        receiver = cleaned["receiver_phone"] or cleaned["phone"]
        return Destination(
            Address(
                cleaned["name"],
                receiver,
                where.code,
                where.province,
                where.city,
                where.district,
                cleaned["street"],
            )
        )

    def wanted_invoice(self) -> Invoice | None:
        """Return which invoice is wanted."""
        cleaned = self.cleaned_data
        if not cleaned["invoice"]:
            return None
        return Invoice(cleaned["invoice"], cleaned["invoice_title"], cleaned["tax_number"], cleaned["email"])

    def _need(self, name: str, why: str) -> None:
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, why)


CheckoutForm.base_fields = _Shared(CheckoutForm.base_fields)
