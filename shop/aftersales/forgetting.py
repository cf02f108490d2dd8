"""What claims hold about a buyer: words and photos. Exported with the orders, gone with the account."""

from typing import Any

from django.contrib.contenttypes.models import ContentType

from accounts.models import User
from brand.acts.models import Act
from shop.aftersales.models import Claim, ClaimPhoto


def export(user: User) -> dict[str, Any]:
    """Return what this person asked for. One query."""
    fields = ("number", "line__title", "kind", "reason", "quantity", "amount", "words", "state", "made_at")
    return {"claims": list(Claim.objects.filter(line__order__user=user).values(*fields))}


def erase(user: User) -> None:
    """Delete photos and words of this person's claims; what was decided and paid stays with the order."""
    claims = Claim.objects.filter(line__order__user=user)
    for photo in ClaimPhoto.objects.filter(claim__in=claims):
        photo.file.delete(save=False)
        photo.delete()
    said = Act.objects.filter(
        subject_type=ContentType.objects.get_for_model(Claim),
        subject_id__in=claims.values("pk"),
        detail__side="buyer",
    )
    said.update(note="")
    claims.update(words="")
