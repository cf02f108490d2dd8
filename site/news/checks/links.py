"""Links of a post that lead nowhere. What is outside was looked at by the worker; here nobody is asked."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from news.checks.addresses import is_outside, leads_somewhere, own_hosts, public_pages
from news.checks.findings import Finding, Weight
from news.checks.models import LONGEST_ADDRESS, OutsideLink
from news.checks.reading import Link, links

HIDDEN_AFTER = 2  # one failure may be a bad minute of the other site


def broken_links(post: Any, at: datetime) -> Iterator[Finding]:
    """Find links to nothing: inside they stop a post, outside they ask. 4 queries and those of the tree."""
    found = list(links(post))
    hosts = own_hosts() if found else set()
    outside = [link for link in found if link.page is None and is_outside(link.address, hosts=hosts)]
    yield from _inside(post, [link for link in found if link not in outside])
    yield from _outside(outside)


def outside_addresses(post: Any) -> set[str]:
    """Return the addresses of other sites a post leads to. 1 query."""
    hosts = own_hosts()
    return {
        link.address
        for link in links(post)
        if link.page is None
        and is_outside(link.address, hosts=hosts)
        and len(link.address) <= LONGEST_ADDRESS
    }


def _inside(post: Any, found: list[Link]) -> Iterator[Finding]:
    public = public_pages({link.page for link in found if link.page is not None})
    site = post.get_site()
    fine = {
        address: site is not None and leads_somewhere(address, site)
        for address in {link.address for link in found if link.page is None}
    }
    for link in found:
        if link.page is not None:
            if link.page not in public:
                says = _("“%(label)s” leads to a page that is not public, or no longer there.")
                yield Finding(Weight.STOPS, link.place, says % {"label": link.label})
        elif not fine[link.address]:
            says = _("“%(label)s” leads to %(address)s, where nothing is.")
            words = {"label": link.label or link.address, "address": link.address or _("nowhere")}
            yield Finding(Weight.STOPS, link.place, says % words)


def _outside(found: list[Link]) -> Iterator[Finding]:
    known = OutsideLink.objects.in_bulk({link.address for link in found}, field_name="url") if found else {}
    for link in found:
        row = known.get(link.address)
        if row is None or row.checked_at is None:
            says = _("%(address)s has not been looked at yet; that takes a minute.")
            yield Finding(Weight.TELLS, link.place, says % {"address": link.address})
        elif row.trouble and row.failures >= HIDDEN_AFTER:
            says = _("%(address)s: %(trouble)s.")
            words = {"address": link.address, "trouble": row.get_trouble_display()}
            yield Finding(Weight.ASKS, link.place, says % words, _("Open it yourself before you send it in."))
