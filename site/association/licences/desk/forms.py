"""The form of an application. Everything may be missing in a draft; sending it asks for the whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from brand.licences.applications.drafts import Wish
from brand.licences.uses import Use
from brand.models import LicenceApplication, Member, Product
from lib.nice import CLASSES

MOST_PACKAGES = 1_000_000_000


def classes() -> list[tuple[int, str]]:
    """Return the 45 classes in the language of the page."""
    return [(number, f"{number} {name}") for number, name in CLASSES.items()]


@dataclass(frozen=True, slots=True)
class ProductRow:
    """One product of the member in the form: its tick and its number of packages."""

    product: Product
    tick: BoundField
    quantity: BoundField


class ApplicationForm(forms.Form):
    """What a member asks for. Products are those of the member; each has a tick and a number of packages."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    brand_name = forms.CharField(
        label=_("Brand"),
        max_length=60,
        required=False,
        help_text=_("The brand of the county that is to stand on your goods."),
        widget=forms.TextInput({"list": "brands"}),
    )
    uses = forms.MultipleChoiceField(
        label=_("What you want to use it for"),
        choices=Use.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    trademark_classes = forms.TypedMultipleChoiceField(
        label=_("Trademark classes"),
        choices=classes,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    purpose = forms.CharField(
        label=_("In your own words"),
        max_length=2000,
        required=False,
        help_text=_("Where the brand will stand, and how much you sell a year."),
        widget=forms.Textarea({"rows": 4}),
    )

    def __init__(self, *args: Any, member: Member, **options: Any) -> None:
        super().__init__(*args, **options)
        self.products = list(member.products.order_by("name", "pk"))
        for product in self.products:
            self.fields[f"product_{product.pk}"] = forms.BooleanField(label=product.name, required=False)
            self.fields[f"quantity_{product.pk}"] = forms.IntegerField(
                label=_("Packages in the whole period"),
                required=False,
                min_value=1,
                max_value=MOST_PACKAGES,
                widget=forms.NumberInput({"inputmode": "numeric"}),
            )

    def product_rows(self) -> Iterator[ProductRow]:
        """Yield the products as the page shows them."""
        for product in self.products:
            yield ProductRow(product, self[f"product_{product.pk}"], self[f"quantity_{product.pk}"])

    def wish(self) -> Wish:
        """Return what was typed, without what cannot be read: that stays in the form with its error."""
        held = self.cleaned_data
        return Wish(
            brand_name=held.get("brand_name", ""),
            trademark_classes=tuple(held.get("trademark_classes", ())),
            uses=tuple(held.get("uses", ())),
            purpose=held.get("purpose", ""),
            products={
                product.pk: held.get(f"quantity_{product.pk}")
                for product in self.products
                if held.get(f"product_{product.pk}")
            },
        )


def initial_of(application: LicenceApplication) -> dict[str, Any]:
    """Return what the form of a saved application begins with. One query."""
    facts: dict[str, Any] = {
        "version": application.version,
        "brand_name": application.brand_name,
        "uses": application.uses,
        "trademark_classes": application.trademark_classes,
        "purpose": application.purpose,
    }
    for row in application.wanted.all():
        facts[f"product_{row.product_id}"] = True
        facts[f"quantity_{row.product_id}"] = row.quantity
    return facts
