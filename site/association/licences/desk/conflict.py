"""Two windows with one draft: what differs between what was typed here and what was saved there."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from association.licences.desk.forms import ApplicationForm
from brand.licences.applications.drafts import Wish
from brand.licences.uses import use_names
from brand.models import LicenceApplication

Words = Promise | str


@dataclass(frozen=True, slots=True)
class Difference:
    """One field, as typed here and as saved in the other window."""

    label: Words | None
    here: str
    there: str


def differences(form: ApplicationForm, now: LicenceApplication) -> list[Difference]:
    """Return the fields that differ, in the order of the form. One query."""
    here, there = form.wish(), _saved(now)
    names = {product.pk: product.name for product in form.products}
    rows = [
        (_("Products"), _products(here, names), _products(there, names)),
        (form.fields["brand_name"].label, here.brand_name, there.brand_name),
        (form.fields["uses"].label, _uses(here), _uses(there)),
        (form.fields["trademark_classes"].label, _classes(here), _classes(there)),
        (form.fields["purpose"].label, here.purpose, there.purpose),
    ]
    return [Difference(label, mine, other) for label, mine, other in rows if mine.strip() != other.strip()]


def _saved(now: LicenceApplication) -> Wish:
    return Wish(
        brand_name=now.brand_name,
        trademark_classes=tuple(now.trademark_classes),
        uses=tuple(now.uses),
        purpose=now.purpose,
        products={row.product_id: row.quantity for row in now.wanted.all()},
    )


def _products(wish: Wish, names: dict[int, str]) -> str:
    chosen = sorted((names.get(pk, ""), quantity) for pk, quantity in wish.products.items())
    return "、".join(f"{name} {quantity:,}" if quantity else name for name, quantity in chosen)


def _uses(wish: Wish) -> str:
    return "、".join(str(use) for use in use_names(wish.uses))


def _classes(wish: Wish) -> str:
    return "、".join(str(number) for number in sorted(wish.trademark_classes))
