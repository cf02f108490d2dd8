"""Films that are kept elsewhere: which sites we link to, and how a page of theirs is recognised."""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Player:
    """A film at another site."""

    site: str | Promise
    key: str  # what that site calls the film
    url: str


# the site's name, the hosts of its pages, and where the key of a film stands in the path
_SITES: Final = (
    (
        _("Tencent Video"),
        {"v.qq.com", "m.v.qq.com"},
        re.compile(r"/x/(?:page|cover(?:/\w+)?|play)/(\w{8,20})(?:\.html)?/?\Z"),
    ),
    (
        _("Bilibili"),
        {"www.bilibili.com", "bilibili.com", "m.bilibili.com"},
        re.compile(r"/video/(BV\w{10}|av\d{1,12})/?\Z"),
    ),
)


def player_of(address: str) -> Player | None:
    """Return the film an address leads to, None when it is no page of a film at a site we know."""
    try:
        parts = urlsplit(address.strip())
        host = parts.hostname or ""
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"}:
        return None
    for site, hosts, path in _SITES:
        found = path.match(parts.path) if host in hosts else None
        if found:
            return Player(site=site, key=found[1], url=f"https://{host}{parts.path}")
    return None
