"""Films of the season are shown on the pages they belong to, and nowhere else."""

from datetime import date
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from changes.models import Change
from lib.films import NotAFilm
from record.clips import WrongBatch, clips_of_base, clips_of_batch, keep_clip, remove_clip
from record.models import Batch, Clip
from tests.factories.accounts import person
from tests.factories.brand import ProductFactory
from tests.factories.films import film
from tests.factories.pages import county
from tests.factories.record import BaseFactory, BatchFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    cache.clear()


@pytest.fixture
def batch() -> Batch:
    return BatchFactory(planted_on=date(2026, 6, 12), harvested_on=date(2026, 10, 27))


def clip(grown: Batch, **fields) -> Clip:
    defaults = {"base": grown.base, "step": "sowing", "title": "点种", "shot_on": date(2026, 6, 12)}
    return keep_clip(clip=Clip(**defaults | fields), video=film(), poster=None)


def shown(batch: Batch) -> list[str]:
    return [clip.title for clip in clips_of_batch(batch)]


def test_a_film_is_kept_with_what_it_is_and_a_still_out_of_it(batch: Batch, tmp_path: Path):
    kept = clip(batch)
    assert (kept.width, kept.height, kept.seconds) == (64, 36, 2)
    assert {path.suffix for path in tmp_path.rglob("*.*")} == {".mp4", ".jpg"}
    assert "film" not in kept.video.name and kept.video.name.startswith("clips/")


def test_a_film_of_a_base_is_on_the_batches_that_grew_then(batch: Batch):
    clip(batch, title="正好")
    clip(batch, title="收那天", shot_on=date(2026, 10, 27))
    clip(batch, title="去年", shot_on=date(2025, 6, 12))
    clip(batch, title="收完", shot_on=date(2026, 10, 28))
    clip(batch, title="别的地", base=BaseFactory(region=batch.base.region))
    clip(batch, title="别的货", product=ProductFactory(region=batch.product.region))
    clip(batch, title="这个货", product=batch.product)
    clip(batch, title="不公开", is_public=False)
    assert set(shown(batch)) == {"正好", "收那天", "这个货"}
    assert len(clips_of_base(batch.base)) == 6


def test_a_film_of_a_batch_is_on_that_batch_only_whenever_it_was_filmed(batch: Batch):
    other = BatchFactory(base=batch.base, product=batch.product)
    kept = clip(batch, batch=batch, shot_on=date(2026, 11, 3))
    assert kept.product == batch.product
    assert shown(batch) == ["点种"] and shown(other) == []


def test_without_a_planting_a_season_is_a_year_and_without_any_date_only_its_own_count(batch: Batch):
    clip(batch, title="春", shot_on=date(2026, 3, 1))
    Batch.objects.update(planted_on=None)
    batch.refresh_from_db()
    assert shown(batch) == ["春"]
    Batch.objects.update(harvested_on=None)
    batch.refresh_from_db()
    assert shown(batch) == []


def test_they_come_in_the_order_of_the_season(batch: Batch):
    for step in ("harvest", "sowing", "ripening", "irrigation"):
        clip(batch, step=step, title=step, shot_on=date(2026, 7, 1))
    assert shown(batch) == ["sowing", "irrigation", "ripening", "harvest"]


def test_the_pages_that_show_it_are_told(batch: Batch):
    later = BatchFactory(base=batch.base, planted_on=date(2026, 11, 1), harvested_on=None)
    kept = clip(batch)
    batch.refresh_from_db()
    later.refresh_from_db()
    assert (batch.version, later.version) == (2, 1)
    assert Change.objects.filter(thing=f"telemetry.base:{batch.base.pk}").exists()
    kept.shot_on = date(2026, 11, 2)
    keep_clip(clip=kept, video=None, poster=None)
    batch.refresh_from_db()
    later.refresh_from_db()
    assert (batch.version, later.version) == (3, 2), "the one that showed it and the one that does now"


def test_a_batch_of_another_base_and_what_is_no_film_are_refused(batch: Batch, tmp_path: Path):
    with pytest.raises(WrongBatch):
        clip(batch, base=BaseFactory(region=batch.base.region), batch=batch)
    with pytest.raises(NotAFilm):
        keep_clip(
            clip=Clip(base=batch.base, step="sowing", title="x", shot_on=date(2026, 6, 12)),
            video=SimpleUploadedFile("x.mp4", b"<script>"),
            poster=None,
        )
    assert not Clip.objects.exists() and not list(tmp_path.rglob("*.mp4"))


def test_one_taken_away_leaves_no_file(batch: Batch, tmp_path: Path, django_capture_on_commit_callbacks):
    kept = clip(batch)
    with django_capture_on_commit_callbacks(execute=True):
        remove_clip(clip=kept)
    assert not list(tmp_path.rglob("*.*"))
    batch.refresh_from_db()
    assert batch.version == 3


def test_the_page_of_a_batch_plays_nothing_by_itself(client, batch: Batch):
    kept = clip(batch, title="<b>点种</b>")
    batch.refresh_from_db()
    page = client.get(f"/trace/batches/{batch.product.gtin}/{batch.lot}/").content.decode()
    assert "播种" in page and "&lt;b&gt;点种&lt;/b&gt;" in page
    assert kept.video.url in page and kept.poster.url in page
    assert "autoplay" not in page and "<video" not in page


def test_films_cost_a_page_nothing_once_its_version_is_known(client, batch: Batch):
    clip(batch)
    url = f"/trace/batches/{batch.product.gtin}/{batch.lot}/"
    client.get(url)
    with CaptureQueriesContext(connection) as warm:
        client.get(url)
    assert not [query for query in warm.captured_queries if "record_clip" in query["sql"]]


FORM = {"step": "sowing", "title": "点种", "shot_on": "2026-06-12", "shot_by": "刘美玲", "is_public": "on"}


def test_an_operator_adds_changes_and_removes_a_film(client, batch: Batch):
    county()
    client.force_login(person("trace_operator"))
    given = FORM | {"base": batch.base.pk, "product": "", "batch": ""}
    video = SimpleUploadedFile("IMG_0001.MP4", film().read(), content_type="video/mp4")
    answer = client.post(reverse("record-clips:add"), given | {"video": video})
    assert answer.status_code == 302, answer.context["form"].errors
    kept = Clip.objects.get()
    assert kept.poster and kept.seconds == 2
    url = reverse("record-clips:edit", args=[kept.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, given | {"title": "改了"}).status_code == 302
    before, kept = kept, Clip.objects.get()
    assert (kept.title, kept.video.name) == ("改了", before.video.name)
    assert client.post(reverse("record-clips:delete", args=[kept.pk])).status_code == 302
    assert not Clip.objects.exists()


def test_a_form_says_beside_the_field_what_is_wrong(client, batch: Batch):
    county()
    client.force_login(person("trace_operator"))
    other = BaseFactory(region=batch.base.region)
    bad = SimpleUploadedFile("x.mp4", b"no film", content_type="video/mp4")
    given = FORM | {"base": other.pk, "product": "", "batch": batch.pk, "video": bad}
    answer = client.post(reverse("record-clips:add"), given)
    errors = answer.context["form"].errors
    assert answer.status_code == 200 and {"video", "batch"} <= set(errors), errors
    assert not Clip.objects.exists()


def test_a_clerk_adds_none(client, batch: Batch):
    county()
    client.force_login(person("clerk"))
    assert client.get(reverse("record-clips:add")).status_code in {302, 403}
