"""Packaging on the desk: what waits at the store, what lies here without a word, what was asked for."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from association.desk.parts import Due, Part, Row
from association.packaging.queries import holdings_of, offers_of, requests_of, to_report
from brand.models import Member, PackagingHolding, PackagingRequest
from lib.dates import day

SHOWN = 3
LAST_DAYS = timedelta(days=3)
State = PackagingRequest.State
_TONES = {State.SUBMITTED: "warn", State.APPROVED: "ok"}


def part(member: Member, user: User, at: datetime) -> Part | None:
    """Return open requests and what the member has. 5 queries at most."""
    open_requests = list(requests_of(member).filter(state__in=PackagingRequest.OPEN))
    holdings = list(holdings_of(member))
    offers = offers_of(member, on=timezone.localdate(at))
    held = [holding for holding in holdings if holding.remaining]
    return Part(
        title=_("Packaging"),
        dues=[
            *(_to_pick_up(request, at) for request in open_requests if request.state == State.APPROVED),
            *map(_to_report, to_report(holdings, at=at)),
        ],
        rows=[*map(_asked, open_requests[:SHOWN]), *map(_held, held[:SHOWN])],
        more_url=reverse("desk:packaging"),
        icon="shop",
        empty=_("Nothing taken and nothing asked for. Packaging is handed out against your licence."),
        act_url=reverse("desk:packaging_ask") if offers else "",
        act_label=_("Ask for packaging"),
    )


def _to_pick_up(request: PackagingRequest, at: datetime) -> Due:
    last = request.keep_until
    soon = last is not None and last - timezone.localdate(at) <= LAST_DAYS
    text = _("Pick up your packaging, request %(number)s") % {"number": request}
    return Due(text, reverse("desk:packaging_request", args=[request.pk]), last, urgent=soon)


def _to_report(holding: PackagingHolding) -> Due:
    words = {"item": holding.item, "left": holding.remaining, "unit": holding.item.unit}
    text = _("Say what became of %(item)s: %(left)d %(unit)s are with you") % words
    return Due(text, reverse("desk:packaging_item", args=[holding.item_id]))


def _asked(request: PackagingRequest) -> Row:
    lines = "；".join(
        f"{line.item} {line.asked if line.granted is None else line.granted} {line.item.unit}"
        for line in request.lines.all()
    )
    return Row(
        _("Request %(number)s") % {"number": request},
        url=reverse("desk:packaging_request", args=[request.pk]),
        note=f"{lines} · {day(timezone.localtime(request.asked_at))}",
        state=str(request.get_state_display()),
        tone=_TONES.get(State(request.state), ""),
    )


def _held(holding: PackagingHolding) -> Row:
    return Row(
        str(holding.item),
        url=reverse("desk:packaging_item", args=[holding.item_id]),
        note=_("%(left)d %(unit)s left of %(issued)d taken")
        % {"left": holding.remaining, "unit": holding.item.unit, "issued": holding.issued},
    )
