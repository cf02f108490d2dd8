"""Anonymous pages: warm beside a constant answer of the same server, cold in CPU, and their size."""

import gzip

from tests.benchmarks.load import answer, drive, request
from tests.benchmarks.stand import CONSTANT, serving

HOST = "lucheng.localhost"
WARM_SHARE, COLD_CPU_MS, HTML_BYTES = 0.3, 12.0, 20_000


def run() -> list[dict[str, object]]:
    """Return the rows."""
    with serving(CONSTANT) as constant:
        hello = drive(constant.port, [request("/", host=HOST)], pid=constant.pid)
    rows: list[dict[str, object]] = []
    with serving() as product:
        gtin = product.facts["products"][0]["gtin"]
        paths = {
            "home": "/",
            "news": "/news/",
            "base": "/bases/zhangjiahe/",
            "product": f"/trace/products/{gtin}/",
        }
        for name, path in paths.items():
            status, page = answer(product.port, request(path, host=HOST))
            if status != 200:
                raise RuntimeError(f"{path} answers {status}")
            warm = drive(product.port, [request(path, host=HOST)], pid=product.pid)
            share = warm.rate / hello.rate
            rows.append(
                _row(
                    f"{name} page warm, share of a constant answer",
                    share,
                    "×",
                    WARM_SHARE,
                    share >= WARM_SHARE,
                )
            )
            # an unknown parameter is never cached
            cold = drive(product.port, [request(f"{path}?cold=1", host=HOST)], pid=product.pid, connections=2)
            rows.append(
                _row(f"{name} page cold", cold.cpu_ms, "CPU ms", COLD_CPU_MS, cold.cpu_ms <= COLD_CPU_MS)
            )
            body = page.partition(b"\r\n\r\n")[2]
            size = len(body) if body[:2] == b"\x1f\x8b" else len(gzip.compress(body))
            rows.append(_row(f"{name} page HTML", size, "bytes gz", HTML_BYTES, size <= HTML_BYTES))
    return rows


def _row(name: str, value: float, unit: str, limit: float, holds: bool) -> dict[str, object]:
    return {"name": name, "value": value, "unit": unit, "limit": limit, "peer": None, "holds": holds}
