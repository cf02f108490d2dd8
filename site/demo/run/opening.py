"""What `make demo` prints when everything answers."""

from typing import Any

from lib import qr


def opening(facts: dict[str, Any]) -> str:
    """Return the text: counties, one genuine code with its QR, the back office and who may enter."""
    url, serial = facts["url"], facts["codes"]["fresh"]
    scan = f"{url}/t/{serial}"
    counties = "\n".join(f"    {address}" for address in facts["regions"].values())
    hj212 = facts["hj212"]
    width = max(len(account["login"]) for account in facts["accounts"].values())
    people = "\n".join(
        f"    {account['login']:<{width}}  {account['password']}   {role}"
        for role, account in facts["accounts"].items()
    )
    return f"""
Ready. Open

{counties}

  a package nobody has scanned yet: {scan}

{qr.terminal(qr.single(scan))}

  the back office: {url}/cms/   and who may enter:

{people}

  MQTT broker: {facts["mqtt"]["host"]}:{facts["mqtt"]["port"]}
  HJ 212 listener: {hj212["host"]}:{hj212["port"]}{_station(hj212["stations"])}
  API for programs: {url}/api/v1/openapi.json
  all of this for programs: var/demo.json, logs: var/log/
  Ctrl-C stops everything.
"""


def _station(stations: list[dict[str, str]]) -> str:
    return f"  (MN {stations[0]['mn']}, PW {stations[0]['pw']})" if stations else ""
