"""Which addresses on the network our server may ask.

Somebody types an address, and our server goes there: so it must not lead to our own machine or network
(SSRF). Only addresses of the public internet are allowed, or hosts that a setting names. What is checked is
the very address that is connected to, so that a name cannot change its mind in between.
"""

import socket
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult

import urllib3
from django.utils.translation import gettext as _

Address = IPv4Address | IPv6Address

_PORTS = {"http": 80, "https": 443}
_NAT64 = ip_network("64:ff9b::/96")


class ForbiddenAddress(ValueError):
    """Nothing may be fetched from there; the text says why."""


class PrivateAddress(ForbiddenAddress):
    """It is inside a network that is not everybody's."""


def address_of(host: str, port: int, *, allowed: Sequence[str]) -> str:
    """Return the address to connect to for `host`; of several the first that may be used.

    `allowed` are names and networks that may be private.

    Raises:
        PrivateAddress: all of them are private.
        ForbiddenAddress: there is none.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise ForbiddenAddress(_("%(host)s is not found") % {"host": host}) from error
    for *_rest, sockaddr in found:
        text = str(sockaddr[0]).partition("%")[0]
        if _is_allowed(host, ip_address(text), allowed) or is_public(ip_address(text)):
            return text
    raise PrivateAddress(_("%(host)s is inside our own network.") % {"host": host})


def connection_to(
    parts: SplitResult, *, allowed: Sequence[str], timeout: urllib3.Timeout
) -> urllib3.HTTPConnectionPool:
    """Return a connection to the checked address; a certificate has to be that of the name.

    Raises:
        ForbiddenAddress: nothing may be fetched from there, or it is no address of http or https.
    """
    host, port = parts.hostname or "", parts.port or _PORTS.get(parts.scheme, 0)
    if not host or not port:
        raise ForbiddenAddress(_("not an address of http or https"))
    address = address_of(host, port, allowed=allowed)
    if parts.scheme == "https":
        return urllib3.HTTPSConnectionPool(
            address, port, timeout=timeout, server_hostname=host, assert_hostname=host
        )
    return urllib3.HTTPConnectionPool(address, port, timeout=timeout)


def is_public(address: Address) -> bool:
    """Tell whether an address belongs to the public internet, also when it is wrapped in another."""
    inner = _wrapped(address)
    if inner is not None:
        return is_public(inner)
    return address.is_global and not address.is_multicast and not address.is_reserved


def _wrapped(address: Address) -> IPv4Address | None:
    """Return the IPv4 address that an IPv6 address stands for."""
    if isinstance(address, IPv4Address):
        return None
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]


def _is_allowed(host: str, address: Address, allowed: Sequence[str]) -> bool:
    return any(host.lower() == entry.lower() or _is_within(address, entry) for entry in allowed)


def _is_within(address: Address, entry: str) -> bool:
    try:
        return address in ip_network(entry)
    except ValueError:
        return False
