"""The one ASGI application: pages through the page cache and fixed threads, live data natively.

Django's own ASGI handler takes a new thread and so a new database connection per request; on fixed
threads a page costs less than half the CPU (docs/adr/0003).
"""

import gc
import os
import re
import threading
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

from config.wsgi import application as pages  # isort: skip - sets Django up

from channels.routing import ProtocolTypeRouter, URLRouter
from django.conf import settings

from changes import version
from config import figures
from config.pagecache import PageCache
from config.sending import Sender
from lib.page_threads import PageThreads
from news.counting import beacon
from telemetry.live import lifespan as live
from telemetry.live import sse
from telemetry.live.routing import websocket_urlpatterns
from training.watching import heartbeats

PAGE_THREADS = 8
EVENT_STREAM = re.compile(r"^(?:/en)?/bases/[^/]+/live/$")
# views at these addresses hand files over (lib.handover)
SENT = re.compile(
    r"^(?:/en)?/(?:brand/vi/download/|training/materials/|training/videos/[0-9a-f]{24}/[^/]+/[^/]+$)"
)

on_threads = PageThreads(pages, threads=PAGE_THREADS)
django_pages = PageCache(on_threads)
downloads = Sender(on_threads)
figures.register(django_pages)


async def http(scope: Any, receive: Any, send: Any) -> None:
    """Send event streams and files to their native applications, everything else to Django."""
    if EVENT_STREAM.match(scope["path"]):
        await sse.application(scope, receive, send)
    elif SENT.match(scope["path"]):
        await downloads(scope, receive, send)
    elif scope["path"] == beacon.PATH:
        await beacon.application(scope, receive, send)
    elif scope["path"] == heartbeats.PATH:
        await heartbeats.application(scope, receive, send)
    else:
        await django_pages(scope, receive, send)


async def lifespan(scope: Any, receive: Any, send: Any) -> None:
    """Start and stop what lives as long as the process: hub, outbox follower, ingest where it is embedded."""
    stop = threading.Event()
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await live.start()
            threading.Thread(target=version.follow, args=(stop,), name="outbox", daemon=True).start()
            ingests = _start_ingests(stop)
            # what the start made stays: looking through it again and again stopped everybody for 0.15 s
            gc.collect()
            gc.freeze()
            # a page leaves less rubbish than this; looking after every 700 objects took 3 % of its time
            gc.set_threshold(10_000, 20, 20)
            await send({"type": "lifespan.startup.complete"})
        else:
            stop.set()
            for ingest in ingests:
                ingest.join(timeout=5)
            await beacon.application.stop()
            await heartbeats.application.stop()
            await live.stop()
            await send({"type": "lifespan.shutdown.complete"})
            return


def _start_ingests(stop: threading.Event) -> list[threading.Thread]:
    """Start what takes readings in, where it is embedded: from the broker, and from HJ 212 stations."""
    if not settings.INGEST_IN_WEB:
        return []
    from telemetry.ingest.hj212 import start_listener
    from telemetry.ingest.mqtt import run_ingest

    ingest = threading.Thread(
        target=run_ingest, kwargs={"url": settings.MQTT_URL, "stop": stop}, name="ingest", daemon=True
    )
    ingest.start()
    listener = start_listener(stop)
    return [ingest, listener] if listener else [ingest]


application = ProtocolTypeRouter(
    {"http": http, "websocket": URLRouter(websocket_urlpatterns), "lifespan": lifespan}
)
