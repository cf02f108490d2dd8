"""What somebody said stays without the name when the account goes."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from shop.catalogue.models import Product
from shop.models import Question
from shop.reviewing.voices import renew


def export(user: User) -> dict[str, Any]:
    """Return what this person asked in the hall; reviews are in the section of the orders."""
    asked = Question.objects.filter(asked_by=user)
    return {"questions": list(asked.values("article__title", "text", "asked_at", "state"))}


def forget(user: User) -> None:
    """Take the name off reviews and questions, also where they are summed up."""
    reviewed, asked = user.reviews.all(), Question.objects.filter(asked_by=user)
    about = {*reviewed.values_list("product", flat=True), *asked.values_list("article", flat=True)}
    reviewed.update(user=None, name=_("deleted account"), email="")
    asked.update(asked_by=None, name="")
    for article in Product.objects.filter(pk__in=about).select_related("brand_product__region"):
        renew(article)
