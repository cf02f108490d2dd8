"""Promotions in words: what a promotion promises, why it counted, what is missing to it."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shop.promotions.counting import Taken
from shop.promotions.deals import BUNDLE, FREIGHT, GIFT, RATE, Deal


def yuan(amount: Decimal) -> str:
    """Return an amount without empty cents: 99, 99.50."""
    return f"{amount:.2f}".removesuffix(".00")


def tenths(deal: Deal) -> str:
    """Return what is left to pay in tenths, as it is counted in Chinese (折): 12 per cent off are 8.8."""
    return f"{(100 - deal.value) / 10:.2f}".rstrip("0").rstrip(".")


def promise(deal: Deal) -> str:
    """Return what a promotion promises, in a few words for a tag."""
    told = {"from": _from(deal), "off": yuan(deal.value), "gift": deal.gift_title}
    if deal.kind == BUNDLE:
        return _("together ¥%(off)s") % told
    if deal.kind == RATE:
        return _("%(from)s: %(tenths)s tenths of the price") % (told | {"tenths": tenths(deal)})
    if deal.kind == GIFT:
        return _("%(from)s: %(gift)s as a gift") % told
    if deal.kind == FREIGHT:
        return _("%(from)s: free delivery") % told
    if not deal.threshold:
        return _("¥%(off)s off") % told
    return (_("each %(from)s: ¥%(off)s off") if deal.times is None else _("%(from)s: ¥%(off)s off")) % told


def worth(deal: Deal) -> str:
    """Return what a coupon is worth, in large letters."""
    if deal.kind == RATE:
        return _("pay %(tenths)s tenths") % {"tenths": tenths(deal)}
    return f"¥{yuan(deal.value)}"


def why(taken: Taken) -> str:
    """Return why a promotion counted."""
    deal = taken.deal
    if deal.kind == BUNDLE:
        return ngettext(
            "%(number)s set for ¥%(price)s", "%(number)s sets for ¥%(price)s each", taken.times
        ) % {
            "number": taken.times,
            "price": yuan(deal.value),
        }
    return because(deal, taken.base)


def because(deal: Deal, base: Decimal) -> str:
    """Return what was reached: a sum, or a number of pieces."""
    if deal.kind == RATE and deal.voucher_id is None:
        return promise(deal)
    if deal.by_count:
        return _("%(number)s pieces, %(from)s") % {"number": yuan(base), "from": _from(deal)}
    if not deal.threshold:
        return promise(deal)
    return _("¥%(sum)s, %(from)s") % {"sum": yuan(base), "from": _from(deal)}


def missing(deal: Deal, reached: Decimal) -> str:
    """Return what is missing to the promotion."""
    if deal.kind == BUNDLE:
        return _("Complete the set “%(name)s”: together ¥%(price)s") % {
            "name": deal.name,
            "price": yuan(deal.value),
        }
    rest = deal.threshold - reached
    if deal.kind == RATE or deal.by_count:
        return ngettext("%(number)s piece more: %(what)s", "%(number)s pieces more: %(what)s", int(rest)) % {
            "number": yuan(rest),
            "what": _gain(deal),
        }
    return _("¥%(rest)s more: %(what)s") % {"rest": yuan(rest), "what": _gain(deal)}


def _gain(deal: Deal) -> str:
    """Return what is won when the step is reached."""
    told = {"off": yuan(deal.value), "gift": deal.gift_title, "tenths": tenths(deal)}
    if deal.kind == RATE:
        return _("%(tenths)s tenths of the price") % told
    if deal.kind == GIFT:
        return _("%(gift)s as a gift") % told
    if deal.kind == FREIGHT:
        return _("free delivery")
    return _("¥%(off)s off") % told


def _from(deal: Deal) -> str:
    if deal.by_count or (deal.kind == RATE and deal.voucher_id is None):
        return ngettext("from %(number)s piece", "from %(number)s pieces", int(deal.threshold)) % {
            "number": yuan(deal.threshold)
        }
    return _("from ¥%(sum)s") % {"sum": yuan(deal.threshold)}
