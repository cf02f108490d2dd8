"""The words of a certificate, frozen: whatever is renamed later, a paper can be printed again as it was.

A check word of sixteen signs is made from all of them; it stands on the paper and on the public page, so
that a paper somebody changed does not match.
"""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from brand.acts.models import record_act
from brand.licences.models import Licence
from brand.licences.rules import LicenceRules, rules_of
from changes import outbox

Words = dict[str, Any]


def printed_words(licence: Licence) -> Words:
    """Return what the certificate says, as frozen; of a licence that was never frozen, as it stands."""
    return licence.printed or current_words(licence, rules=rules_of(licence.region))


def current_words(licence: Licence, *, rules: LicenceRules) -> Words:
    """Return what a certificate made now would say. Plain values: words for them are the template's."""
    member = licence.member
    return {
        "number": licence.number,
        "member": member.name,
        "kind": member.kind,
        "credit_code": member.credit_code,
        "address": member.address,
        "brand": licence.brand_name,
        "classes": list(licence.trademark_classes),
        "uses": list(licence.uses),
        "products": _products(licence),
        "valid_from": licence.valid_from.isoformat(),
        "valid_to": licence.valid_to.isoformat(),
        "issued_on": licence.issued_on.isoformat() if licence.issued_on else "",
        "issuer": rules.signed_by,
        "county": licence.region.full_name,
        "renews": licence.renews.number if licence.renews else "",
    }


def freeze_words(licence: Licence, *, rules: LicenceRules | None = None) -> None:
    """Freeze the words of a licence; call it in the transaction that gave or corrected it."""
    licence.printed = current_words(licence, rules=rules or rules_of(licence.region))
    licence.certificate_sha256 = ""
    licence.save(update_fields=["printed", "certificate_sha256"])


def correct_words(licence: Licence, *, by: User, at: datetime) -> bool:
    """Freeze the words anew if they changed, and say so in the licence's history; tell whether they did.

    Papers printed before do not match the public page any more: their check word differs.
    """
    with transaction.atomic():
        now = Licence.objects.select_for_update(of=("self",)).select_related("region", "member", "renews")
        locked = now.get(pk=licence.pk)
        before = locked.printed
        after = current_words(locked, rules=rules_of(locked.region))
        if before == after:
            return False
        freeze_words(locked)
        if before:
            changed = sorted(key for key in after if before.get(key) != after[key])
            record_act(locked, "corrected", by=by, at=at, detail={"changed": changed})
        outbox.record(locked, region=locked.region.slug)
    licence.refresh_from_db(fields=["printed", "certificate_sha256"])
    return True


def check_word(words: Words) -> str:
    """Return the check word of a certificate: 64 bits of SHA-256 over its words, in groups of four."""
    text = json.dumps(words, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    signs = hashlib.sha256(text.encode()).hexdigest()[:16].upper()
    return " ".join(signs[start : start + 4] for start in range(0, 16, 4))


def _products(licence: Licence) -> list[dict[str, Any]]:
    rows = licence.covers.select_related("product")
    return [
        {
            "name": row.product.name,
            "pack": row.product.pack_size,
            "gtin": row.product.gtin or "",
            "quantity": row.quantity,
        }
        for row in rows
    ]
