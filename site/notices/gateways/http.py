"""SMS by HTTP: one JSON request to the address in SMS_URL.

Providers differ in signatures and template numbers, so the county's own small relay (or the provider's
function service) stands behind that address. It gets `{"to", "kind", "params", "text"}` and answers 2xx
when the provider took the message. A user name and password in the URL travel as basic authentication.
"""

import base64
import json
from urllib.error import URLError
from urllib.parse import SplitResult, unquote, urlsplit
from urllib.request import Request, urlopen

from django.conf import settings

from notices.gateways import GatewayError, Message

TIMEOUT = 10  # s: somebody waits for the code


def send(message: Message) -> None:
    """Post the message.

    Raises:
        GatewayError: no connection, no answer in time, or an answer that is not 2xx.
    """
    body = {"to": message.to, "kind": message.kind, "params": dict(message.params), "text": message.text}
    request = _request(urlsplit(settings.SMS_URL), json.dumps(body).encode())
    try:
        with urlopen(request, timeout=TIMEOUT):  # noqa: S310 - env.url admits http and https only
            pass
    except (URLError, OSError) as error:
        raise GatewayError(f"SMS gateway: {error}") from error


def _request(url: SplitResult, body: bytes) -> Request:
    headers = {"Content-Type": "application/json"}
    if url.username:
        pair = f"{unquote(url.username)}:{unquote(url.password or '')}"
        headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
    address = url._replace(netloc=url.netloc.rpartition("@")[2]).geturl()
    return Request(address, data=body, headers=headers, method="POST")  # noqa: S310
