"""What cameras see, and films, on the page of a base: dated, and called old when they are."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.utils import timezone

from record.clips import keep_clip
from record.models import Clip
from telemetry.models import Camera, Snapshot
from tests.factories.films import film
from tests.factories.pages import county
from tests.factories.telemetry import BaseFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    cache.clear()


@pytest.fixture
def base():
    return BaseFactory(region=county())


def camera(base, *, ago: timedelta | None = timedelta(minutes=2), **fields) -> Camera:
    made = Camera.objects.create(
        **{"base": base, "camera_id": "C1", "name": "东头", "is_public": True} | fields
    )
    if ago is not None:
        made.latest = Snapshot.objects.create(
            camera=made,
            taken_at=timezone.now() - ago,
            file="cameras/x.jpg",
            width=4,
            height=3,
            source="pushed",
        )
        made.save()
    return made


def page(client) -> str:
    return client.get("/bases/zhangjiahe/").content.decode()


def test_a_base_without_cameras_and_films_says_nothing_of_them(client, base):
    assert 'id="cameras"' not in page(client) and 'id="films"' not in page(client)


def test_a_picture_is_shown_with_its_time(client, base):
    camera(base, stream_url="https://live.example/zjh")
    found = page(client)
    assert "东头" in found and "/media/cameras/x.jpg" in found and "的画面" in found
    assert 'href="https://live.example/zjh" rel="noopener' in found
    assert "没有新画面" not in found


def test_an_old_picture_says_that_nothing_came_since(client, base):
    camera(base, ago=timedelta(hours=3))
    assert "之后没有新画面" in page(client)


def test_a_camera_that_never_sent_one_says_so(client, base):
    camera(base, ago=None)
    assert "还没有画面" in page(client)


def test_what_is_not_public_or_not_in_use_is_not_shown(client, base):
    camera(base, is_public=False)
    camera(base, camera_id="C2", is_active=False)
    assert "东头" not in page(client)


def test_films_are_shown_and_do_not_play_by_themselves(client, base):
    clip = Clip(base=base, step="harvest", title="起葱", shot_on=timezone.localdate())
    keep_clip(clip=clip, video=film(), poster=None)
    found = page(client)
    assert "采摘" in found and "起葱" in found and clip.video.url in found
    assert "autoplay" not in found and "<video" not in found


def test_the_part_is_kept_for_a_while(client, base):
    camera(base)
    page(client)
    Camera.objects.update(name="改过")
    assert "东头" in page(client), "kept for half a minute"
