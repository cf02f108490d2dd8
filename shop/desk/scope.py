"""Whose things a person sees on the seller's desk."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from accounts.roles import has_role
from shop.partner.models import Partner


@dataclass(frozen=True, slots=True)
class Scope:
    """The sellers looked at now: one, or every one for a shop operator who chose none.

    `partner` is None where all are looked at; `partners` are all the person may choose from.
    """

    user: User
    partners: tuple[Partner, ...]
    partner: Partner | None
    is_operator: bool = False

    def narrow(self, found: QuerySet[Any], field: str = "partner") -> QuerySet[Any]:
        """Return of `found` what belongs to the sellers looked at; `field` leads to the partner."""
        if self.partner is not None:
            return found.filter(**{field: self.partner})
        return found if self.is_operator else found.filter(**{f"{field}__in": self.partners})

    def sees(self, partner: Partner | None) -> bool:
        """Tell whether the things of `partner` are open to this person, whichever seller is chosen."""
        return partner is not None and (self.is_operator or partner in self.partners)


def scope_of(user: User, *, chosen: str = "") -> Scope | None:
    """Return what `user` may see, with the seller of the code `chosen`; None where there is nothing.

    A shop operator sees every seller, a seller's people their own. Two queries.
    """
    operator = bool(user.is_superuser or has_role(user, "shop_operator"))
    found: Any = Partner.objects.all() if operator else user.partners.all()
    partners = tuple(found.select_related("member__region").order_by("name"))
    if not partners and not operator:
        return None
    partner = next((one for one in partners if one.code == chosen), None)
    if partner is None and not operator:
        partner = partners[0]
    return Scope(user, partners, partner, operator)
