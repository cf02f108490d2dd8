"""What the benchmark of the VI library measures: `python -m tests.benchmarks.vi_parts ASSETS`."""

import json
import random
import sys
import time
from datetime import UTC, datetime

import django
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

TURNS = 9
AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
LOOKS = (
    "",
    "?page=150",
    "?system=application",
    "?category=bag",
    "?category=bag&format=cmyk&access=licensees",
    "?format=svg&page=20",
    "?q=手提袋",
    "?q=葱 17",
    "?q=没有这样的",
    "?q=logo&access=public&format=pdf",
)
FORMATS = ("|svg|", "|pdf|svg|", "|ai|cmyk|pdf|", "|pdf|", "|png|svg|", "|ai|cmyk|pdf|png|svg|tif|", "|zip|")
WORDS = ("潞城大葱手提袋", "旱地西红柿纸箱", "门头招牌", "小米礼盒", "集市遮阳伞", "工牌", "横幅")


def fill(assets: int) -> None:
    """Add a county with that many published assets, each with a current version and two older ones."""
    from brand.models import VIAccess, VIAsset, VICategory, VIVersion
    from tests.factories.pages import county

    region, dice = county(), random.Random(5)
    categories = list(VICategory.objects.all())
    made = VIAsset.objects.bulk_create(
        (
            VIAsset(
                region=region,
                category=dice.choice(categories),
                slug=f"asset-{number}",
                title=f"{dice.choice(WORDS)} {number}",
                keywords=dice.choice(["logo 标志 印章", "袋子 纸袋", "箱子 包装", ""]),
                summary="宽和高十比三。" * 10,
                access=dice.choice(VIAccess.values),
                state=VIAsset.State.PUBLISHED,
                formats=dice.choice(FORMATS),
                position=number % 97,
            )
            for number in range(assets)
        ),
        batch_size=1_000,
    )
    VIVersion.objects.bulk_create(
        (
            VIVersion(
                asset=asset,
                number=number,
                current=number == 3,
                published_at=AT,
                preview="ready",
                preview_small=f"vi/previews/{asset.pk}.webp",
                preview_width=1440,
                preview_height=960,
            )
            for asset in made
            for number in (1, 2, 3)
        ),
        batch_size=1_000,
    )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def look(query: str) -> dict[str, object]:
    """Return how many queries a look at the list takes and how long, nothing of it kept: the best of some,
    because what else the machine does is no part of the answer.
    """
    client, taken = Client(), []
    path = f"/brand/vi/{query}"
    for _ in range(TURNS):
        cache.clear()
        began = time.perf_counter()
        answer = client.get(path)
        taken.append((time.perf_counter() - began) * 1000)
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answers {answer.status_code}")
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return {"path": path, "queries": len(asked), "ms": min(taken)}


if __name__ == "__main__":
    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["*"]
    fill(int(sys.argv[1]))
    look("")  # compiles the templates
    print(json.dumps({"vendor": connection.vendor, "looks": [look(query) for query in LOOKS]}))
