"""Health of a container, without starting Django (that would cost two CPU seconds every few seconds).

python deploy/healthcheck.py http PORT PATH        200 from 127.0.0.1, asked under the first allowed host
python deploy/healthcheck.py connected PORT        a connection to that port of another machine is open
"""

import http.client
import os
import sys
from pathlib import Path

_ESTABLISHED = "01"
_TIMEOUT = 4


def answers(port: int, path: str) -> bool:
    """Tell whether this machine answers 200."""
    host = os.environ["ALLOWED_HOSTS"].split(",")[0].strip()
    name = f"health{host}" if host.startswith(".") else host
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT)
    link.request("GET", path, headers={"Host": name})
    return link.getresponse().status == http.client.OK


def connected(port: int, tables: tuple[str, ...] = ("/proc/net/tcp", "/proc/net/tcp6")) -> bool:
    """Tell whether a connection to `port` elsewhere is established, by the kernel's table (proc(5))."""
    for table in filter(Path.exists, map(Path, tables)):
        for line in table.read_text().splitlines()[1:]:
            _, _, remote, state = line.split()[:4]
            if state == _ESTABLISHED and int(remote.rpartition(":")[2], 16) == port:
                return True
    return False


def main(kind: str, port: str, path: str = "/") -> int:
    """Return 0 when all is well."""
    try:
        well = answers(int(port), path) if kind == "http" else connected(int(port))
    except OSError as error:
        sys.stderr.write(f"{error}\n")
        well = False
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
