"""Batches on the desk: the newest, and those that are being recalled."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from association.codes.queries import batches_of, code_counts
from association.desk.parts import Part, Row
from brand.models import Member
from lib.dates import full_day
from record.models import Batch

SHOWN = 3


def part(member: Member, user: User, at: datetime) -> Part:
    """Return the newest batches of the member with their codes. Two queries."""
    batches = list(batches_of(member)[:SHOWN])
    counts = code_counts(batches) if batches else {}
    return Part(
        title=_("Batches"),
        rows=[_row(batch, *counts.get(batch.pk, (0, 0))) for batch in batches],
        more_url=reverse("desk:batches") if batches else "",
        icon="field",
        empty=_("The association's recorder enters what you bring in; each lot then stands here."),
    )


def _row(batch: Batch, codes: int, used: int) -> Row:
    day = full_day(batch.harvested_on) if batch.harvested_on else batch.base.name
    facts = {"day": day, "codes": f"{codes:,}", "used": f"{used:,}"}
    return Row(
        f"{batch.lot} {batch.product.name}",
        url=reverse("trace-batch", args=[batch.product.gtin, batch.lot]) if batch.product.gtin else "",
        note=_("%(day)s · %(codes)s codes, %(used)s in use") % facts,
        state=_("recalled") if batch.is_recalled else "",
        tone="bad" if batch.is_recalled else "",
    )
