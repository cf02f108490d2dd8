"""Fetching one picture from a camera: bounded in time and size, no redirects, to a checked address."""

import time
from collections.abc import Sequence
from io import BytesIO
from urllib.parse import SplitResult, unquote, urlsplit

import urllib3
from django.utils.translation import gettext as _
from requests.auth import HTTPDigestAuth
from requests.utils import parse_dict_header
from urllib3.util import make_headers

from lib.addresses import ForbiddenAddress, PrivateAddress, connection_to

MOST_BYTES = 15 * 1024 * 1024  # as `lib.pictures` reads
MOST_SECONDS = 15.0  # for all of it
_TIMEOUT = urllib3.Timeout(connect=5, read=5)


class NotFetched(RuntimeError):
    """No picture came; the text says why, without the password that may be in the address."""


def fetch(url: str, *, allowed: Sequence[str] = ()) -> BytesIO:
    """Return what is at `url`. User name and password in it are used for basic or digest authentication.

    Raises:
        NotFetched: it may not be asked, does not answer, answers something else, or too much.
    """
    parts = urlsplit(url)
    try:
        with connection_to(parts, allowed=allowed, timeout=_TIMEOUT) as pool:
            return _read(pool, parts)
    except PrivateAddress as error:
        says = _("%(host)s is inside our own network. Whoever runs the site may allow it with CAMERA_HOSTS.")
        raise NotFetched(says % {"host": parts.hostname}) from error
    except ForbiddenAddress as error:
        raise NotFetched(str(error)) from error
    except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        raise NotFetched(_("no answer: %(why)s") % {"why": type(error).__name__}) from error


def _read(pool: urllib3.HTTPConnectionPool, parts: SplitResult) -> BytesIO:
    until = time.monotonic() + MOST_SECONDS
    answer = _ask(pool, parts, _basic(parts))
    challenge = answer.headers.get("WWW-Authenticate", "")
    if answer.status == 401 and parts.username and challenge.lower().startswith("digest "):
        answer.close()
        answer = _ask(pool, parts, _digest(parts, challenge))
    try:
        if answer.status != 200:
            raise NotFetched(_("it answered %(status)d") % {"status": answer.status})
        return _body(answer, until)
    finally:
        answer.close()


def _ask(
    pool: urllib3.HTTPConnectionPool, parts: SplitResult, extra: dict[str, str]
) -> urllib3.BaseHTTPResponse:
    host = parts.netloc.rpartition("@")[2]
    headers = {"Host": host, "Accept": "image/*", "User-Agent": "fengtu", **extra}
    return pool.urlopen(
        "GET", _target(parts), headers=headers, redirect=False, retries=False, preload_content=False
    )


def _body(answer: urllib3.BaseHTTPResponse, until: float) -> BytesIO:
    body = BytesIO()
    for piece in answer.stream(65_536, decode_content=False):
        body.write(piece)
        if body.tell() > MOST_BYTES:
            raise NotFetched(_("more than 15 MB"))
        if time.monotonic() > until:
            raise NotFetched(_("it took too long"))
    body.seek(0)
    return body


def _target(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _basic(parts: SplitResult) -> dict[str, str]:
    """Return the header of basic authentication; a camera that wants digest says so after it."""
    if not parts.username:
        return {}
    pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    return dict(make_headers(basic_auth=pair))


def _digest(parts: SplitResult, challenge: str) -> dict[str, str]:
    """Return the header that answers a digest challenge (RFC 7616), as most cameras want it."""
    auth = HTTPDigestAuth(unquote(parts.username or ""), unquote(parts.password or ""))
    auth.init_per_thread_state()
    auth._thread_local.chal = parse_dict_header(challenge.partition(" ")[2])
    header = auth.build_digest_header("GET", _target(parts))
    if not header:
        raise NotFetched(_("an authentication nobody knows"))
    return {"Authorization": header}
