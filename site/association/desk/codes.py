"""Codes on the desk: how many are left, the newest runs."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from association.codes.queries import Quota, quotas_of, runs_of
from association.desk.parts import Part, Row
from brand.models import Member
from lib.dates import full_day
from record.models import PrintRun

SHOWN = 3


def part(member: Member, user: User, at: datetime) -> Part:
    """Return the quantities and runs of the member. Two queries."""
    quotas = quotas_of(member, on=timezone.localdate(at))
    return Part(
        title=_("Codes"),
        rows=[*map(_quota, quotas), *map(_run, runs_of(member)[:SHOWN])],
        more_url=reverse("desk:codes"),
        icon="scan",
        empty=_("No licence in force covers a product of yours, so no codes can be drawn."),
        act_url=reverse("desk:codes_draw") if quotas else "",
        act_label=_("Draw codes"),
    )


def _quota(quota: Quota) -> Row:
    drawn = f"{quota.cover.codes_drawn:,}"
    if quota.left is None:
        note = _("%(drawn)s drawn, no limit") % {"drawn": drawn}
    else:
        note = _("%(left)s left, %(drawn)s drawn") % {"left": f"{quota.left:,}", "drawn": drawn}
    low = quota.is_low
    return Row(
        str(quota.cover.product),
        url=f"{reverse('desk:codes_draw')}?what=product-{quota.cover.product_id}",
        note=note,
        state=_("nearly used up") if low else "",
        tone="warn" if low else "",
    )


def _run(run: PrintRun) -> Row:
    printed = run.printed  # type: ignore[attr-defined]
    return Row(
        f"{run.number} {run.product.name}",
        url=reverse("desk:code_run", args=[run.pk]),
        note=_("%(count)s codes, %(day)s") % {"count": f"{run.quantity:,}", "day": full_day(run.made_at)},
        state="" if printed else _("labels not made yet"),
        tone="" if printed else "warn",
    )
