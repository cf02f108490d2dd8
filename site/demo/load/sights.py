"""What can be seen of the bases: cameras with a picture, films of the season; and who watches the devices."""

from datetime import timedelta
from typing import Any

from demo.load.county import County
from demo.load.pictures import FOLDER
from record.clips import keep_clip
from record.models import Clip
from telemetry.cameras.snapshots import take_snapshot
from telemetry.models import AlertRule, Camera, Metric, Snapshot

SILENT_SINCE = timedelta(days=2, hours=3)  # of the camera that shows what a broken one looks like
EVERY = 5  # minutes between the pictures of a simulated camera


def add_sights(county: County) -> None:
    """Add the county's cameras, films and alert rules."""
    words = county.content("sights")
    for camera in words.get("camera", []):
        _add_camera(county, **camera)
    for clip in words.get("clip", []):
        _add_clip(county, **clip)
    for rule in words.get("rule", []):
        _add_rule(county, **rule)


def _add_camera(county: County, *, base: str, picture: str, works: bool, **words: str) -> None:
    camera = Camera.objects.create(
        base=county.bases[base],
        is_public=True,
        snapshot_minutes=EVERY,
        supplier="示例供货商",
        purchased_on=county.calendar.day(380),
        price="1680.00",
        standard="GB/T 28181-2022",
        warranty_until=county.calendar.day(-350),
        **words,
    )
    at = county.calendar.at - (timedelta(minutes=EVERY) if works else SILENT_SINCE)
    with (FOLDER / f"camera-{picture}.webp").open("rb") as file:
        take_snapshot(camera=camera, file=file, source=Snapshot.Source.PUSHED, at=at)


def _add_clip(
    county: County,
    *,
    base: str,
    film: str,
    days: int,
    product: str = "",
    batch: str = "",
    **words: str,
) -> None:
    clip = Clip(
        base=county.bases[base],
        product=county.products.get(product),
        batch=county.batches.get(batch),
        shot_on=county.calendar.day(days),
        **words,
    )
    with (FOLDER / f"{film}.mp4").open("rb") as file:
        keep_clip(clip=clip, video=file, poster=None)


def _add_rule(county: County, *, base: str = "", metric: str = "", **words: Any) -> None:
    AlertRule.objects.create(
        base=county.bases.get(base),
        metric=Metric.objects.filter(key=metric).first() if metric else None,
        **words,
    )
