"""What this process counts, in Prometheus' words. Registered when the ASGI application starts."""

from collections.abc import Iterator

from prometheus_client import REGISTRY
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from config.pagecache import PageCache
from telemetry.ingest.counters import counters as ingest
from telemetry.ingest.hj212.counters import counters as hj212
from telemetry.live import counters as live
from telemetry.live import lifespan


class Figures:
    """Collects page cache, live stream and ingest of this process at the moment of asking."""

    def __init__(self, pages: PageCache) -> None:
        self.pages = pages

    def collect(self) -> Iterator[Metric]:
        """Yield the figures."""
        yield CounterMetricFamily("fengtu_page_cache_hits", "Pages answered from memory", self.pages.hits)
        yield CounterMetricFamily("fengtu_page_cache_misses", "Pages rendered", self.pages.misses)
        yield GaugeMetricFamily("fengtu_page_cache_pages", "Pages in memory", len(self.pages.pages))
        hub = lifespan.hub()
        yield GaugeMetricFamily("fengtu_live_viewers", "Open live connections", len(hub) if hub else 0)
        for name, value in live.read().items():
            yield CounterMetricFamily(f"fengtu_{name}", "Live stream: see telemetry.live.counters", value)
        for name, number in ingest.as_dict().items():
            kind = GaugeMetricFamily if name == "lag_seconds" else CounterMetricFamily
            yield kind(f"fengtu_ingest_{name}", "Ingest: see telemetry.ingest.counters", number)
        for name, count in hj212.as_dict().items():
            kind = GaugeMetricFamily if name == "open" else CounterMetricFamily
            yield kind(f"fengtu_hj212_{name}", "HJ 212: see telemetry.ingest.hj212.counters", count)


def register(pages: PageCache) -> None:
    """Add the figures to what `/metrics` gives."""
    REGISTRY.register(Figures(pages))
