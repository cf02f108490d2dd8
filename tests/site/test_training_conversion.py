"""Videos are judged by their content and converted to what every phone plays."""

import os
import shutil
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from brand.private import private_storage
from changes.models import Change
from lib import contained
from lib.video_facts import NotAVideo, VideoFacts, kind_of, look_into
from tests.factories.films import sound
from tests.factories.videos import SENT_UP, clip, ready_video, waiting_video
from training.models import Video
from training.videos import conversion, renditions
from training.videos.again import NotNow, convert_again
from training.videos.conversion import DEAD_AFTER, convert, take_next
from training.videos.ffmpeg import ConversionFailed, Stopped, run
from training.videos.limits import MOST_SECONDS, judge
from training.videos.renditions import plans_for
from training.videos.video import folder_of

pytestmark = pytest.mark.django_db
NOW = SENT_UP + timedelta(minutes=1)


@pytest.fixture
def film() -> bytes:
    return clip(seconds=8, size=(640, 360))


def folder(video: Video) -> Path:
    return Path(private_storage().path(folder_of(video.key)))


def converted(content: bytes, **facts) -> Video:
    waiting_video(content, **facts)
    video = take_next(at=NOW)
    assert video
    convert(video=video)
    video.refresh_from_db()
    return video


def test_a_film_becomes_what_phones_play_with_poster_length_and_parts(film):
    video = converted(film)
    assert video.state == Video.State.READY, video.error
    assert (video.seconds, video.width, video.height, video.has_sound) == (8, 640, 360, True)
    assert [str(each) for each in video.renditions.all()] == ["360p"]
    names = {each.name for each in folder(video).iterdir()}
    assert names == {"source", "poster.jpg", "master.m3u8", "360.mp4", "360.m3u8", "360.m4s"}
    made = (folder(video) / "360.mp4").read_bytes()
    assert made.index(b"moov") < made.index(b"mdat"), "plays while it loads"
    assert (folder(video) / "poster.jpg").read_bytes().startswith(b"\xff\xd8")
    assert Change.objects.filter(thing=f"training.video:{video.pk}").exists()


def test_the_parts_name_places_in_one_file_that_is_there(film):
    video = converted(film)
    master = (folder(video) / "master.m3u8").read_text()
    assert "RESOLUTION=640x360" in master and "360.m3u8" in master
    playlist = (folder(video) / "360.m3u8").read_text().splitlines()
    ranges = [line.partition(":")[2].split("@") for line in playlist if line.startswith("#EXT-X-BYTERANGE")]
    assert len(ranges) == 2, "eight seconds are two parts"
    length, start = map(int, ranges[-1])
    assert start + length == (folder(video) / "360.m4s").stat().st_size
    assert {line for line in playlist if line and not line.startswith("#")} == {"360.m4s"}


@pytest.mark.parametrize("kind", ["mkv", "avi", "ts", "flv"])
def test_other_containers_are_taken(tmp_path, kind):
    path = tmp_path / "film.exe"
    path.write_bytes(clip(kind, seconds=1, with_sound=kind != "avi"))
    facts = look_into(path)
    assert (facts.width, facts.height) == (320, 180)
    assert facts.has_sound is (kind != "avi")


@pytest.mark.parametrize(
    ("size", "heights"),
    [
        ((1920, 1080), [360, 720]),
        ((1280, 720), [360, 720]),
        ((640, 480), [360]),
        ((320, 180), [180]),
        ((1080, 1920), [640, 1280]),
        ((853, 481), [360]),
    ],
)
def test_no_picture_is_larger_than_the_original(size, heights):
    facts = VideoFacts(kind="mov", seconds=60, width=size[0], height=size[1], has_sound=True)
    plans = plans_for(facts)
    assert [plan.height for plan in plans] == heights
    for plan in plans:
        assert plan.width <= size[0] + 1 and plan.height <= size[1] + 1
        assert not plan.width % 2 and not plan.height % 2


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (b"MZ\x90\x00" + b"\0" * 400, "程序"),
        (b"\x7fELF" + b"\0" * 400, "程序"),
        (b"PK\x03\x04" + b"\0" * 400, "压缩包"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 400, "图片"),
        (b"ID3\x04" + b"\0" * 400, "只有声音"),
        (b"hello" * 90, "MP4"),
        (b"", "MP4"),
    ],
)
def test_what_is_no_video_is_refused_in_words_whatever_its_name(head, words):
    with pytest.raises(NotAVideo, match=words):
        kind_of(head)


def test_a_renamed_program_ends_with_a_sentence_and_nothing_made():
    video = converted(b"MZ\x90\x00" + os.urandom(5_000))
    assert video.state == Video.State.FAILED
    assert "程序" in video.error
    assert {each.name for each in folder(video).iterdir()} == {"source"}


@pytest.mark.parametrize("cut", [2_000, 0.5])
def test_a_broken_film_is_refused_in_words(film, cut):
    video = converted(film[: int(cut if cut > 1 else len(film) * cut)])
    assert video.state == Video.State.FAILED
    assert video.error == "视频损坏了，读不出来。"


def test_a_film_with_noise_in_it_does_not_stop_the_worker(film):
    middle = len(film) // 2
    video = converted(film[: middle - 500] + os.urandom(1_000) + film[middle + 500 :])
    assert video.state in {Video.State.READY, Video.State.FAILED}
    assert video.error or video.renditions.exists()


def test_sound_alone_is_refused():
    video = converted(sound().read())
    assert video.error == "里面只有声音，没有画面。"


def test_four_hours_are_refused_with_the_limit():
    with pytest.raises(NotAVideo, match=r"4\.0 小时.*两小时"):
        judge(lasting(4 * 3600))
    judge(lasting(MOST_SECONDS))


def lasting(seconds: int) -> VideoFacts:
    return VideoFacts(kind="mov", seconds=seconds, width=640, height=360, has_sound=True)


def test_four_hours_on_disk_are_refused_before_anything_is_converted(monkeypatch):
    monkeypatch.setattr(renditions, "make_mp4", lambda **_given: pytest.fail("converted"))
    content = clip(seconds=14_400, size=(64, 64), rate=0.05, with_sound=False)
    video = converted(content)
    assert video.state == Video.State.FAILED and "两小时" in video.error


def test_a_film_that_names_other_files_reads_none(tmp_path):
    playlist = tmp_path / "evil.mp4"
    playlist.write_text("#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n")
    with pytest.raises(NotAVideo):
        look_into(playlist)


def test_where_it_was_filmed_is_not_told():
    content = clip(seconds=1, words="filmed at 36.33N")
    assert b"36.33N" in content
    video = converted(content)
    assert video.state == Video.State.READY, video.error
    assert b"36.33N" not in (folder(video) / "180.mp4").read_bytes()


def test_of_two_workers_one_gets_the_video(film):
    waiting_video(film)
    waiting_video(film)
    first = take_next(at=NOW)
    assert first and first.state == Video.State.CHECKING
    assert take_next(at=NOW) is None, "the machine has pages to serve: one at a time"


def test_a_video_whose_worker_was_killed_is_taken_up_again(film):
    waiting_video(film)
    dead = take_next(at=NOW)
    (folder(dead) / "making-1").mkdir()
    (folder(dead) / "making-1" / "360.mp4").write_bytes(b"half")
    assert take_next(at=NOW + DEAD_AFTER / 2) is None
    again = take_next(at=NOW + DEAD_AFTER * 2)
    assert again and again.attempts == 2
    convert(video=again)
    again.refresh_from_db()
    assert again.state == Video.State.READY
    assert not list(folder(again).glob("making-*")), "nothing half made is left"


def test_the_worker_that_was_thought_dead_writes_nothing_more(film):
    waiting_video(film)
    slow = take_next(at=NOW)
    taken = take_next(at=NOW + DEAD_AFTER * 2)
    assert slow and taken
    with pytest.raises(Stopped):
        convert(video=slow)
    taken.refresh_from_db()
    assert taken.state == Video.State.CHECKING and not taken.renditions.exists()


def test_after_three_attempts_it_is_given_up_in_words(film):
    waiting_video(film, attempts=3)
    video = take_next(at=NOW)
    convert(video=video)
    video.refresh_from_db()
    assert video.state == Video.State.FAILED and "三次" in video.error


def test_progress_is_written_while_it_is_converted(film, monkeypatch):
    seen = []

    def watch(self, **facts):
        seen.append(facts.get("progress"))
        return sign(self, **facts)

    sign = conversion._Job._sign
    monkeypatch.setattr(conversion._Job, "_sign", watch)
    converted(film)
    told = [each for each in seen if each is not None]
    assert told == sorted(told) and told[-1] == 100


def test_a_program_that_takes_too_long_is_killed(tmp_path):
    began = time.monotonic()
    arguments = ["-f", "lavfi", "-re", "-i", "testsrc=d=60", "-f", "null", "-"]
    with pytest.raises(ConversionFailed):
        run(arguments, folder=tmp_path, seconds=1, watch=lambda _done: True)
    assert time.monotonic() - began < 10


@pytest.mark.skipif(sys.platform != "linux", reason="a promise of Linux")
def test_what_a_killed_worker_started_dies_with_it(tmp_path):
    script = tmp_path / "worker.py"
    script.write_text(
        "import sys, time\n"
        f"sys.path.insert(0, {str(Path(contained.__file__).parents[1])!r})\n"
        "from lib import contained\n"
        "child = contained.start([sys.executable, '-c', 'import time; time.sleep(60)'],"
        " seconds=60, memory=2**32, file_size=2**20)\n"
        "time.sleep(0.5)\n"
        "print(child.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    worker = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True)
    child = int(worker.stdout.readline())
    worker.kill()
    worker.wait()
    for _attempt in range(100):
        if not Path(f"/proc/{child}").exists() or "Z" in Path(f"/proc/{child}/stat").read_text().split()[2]:
            return
        time.sleep(0.05)
    pytest.fail("it runs on")


def test_programs_stand_behind_pages_and_are_bounded(tmp_path):
    ask = (
        "import os,resource;print(os.nice(0), resource.getrlimit(resource.RLIMIT_FSIZE)[0], len(os.environ))"
    )
    child = contained.start(
        [sys.executable, "-c", ask], seconds=5, memory=2**31, file_size=1000, stdout=subprocess.PIPE
    )
    nice, size, names = map(int, child.communicate()[0].split())
    assert nice >= contained.NICE and size == 1000 and names <= 3


def test_converting_again_waits_its_turn_and_not_twice():
    video = ready_video(attempts=1)
    convert_again(video=video)
    video.refresh_from_db()
    assert (video.state, video.attempts, video.progress) == (Video.State.UPLOADED, 0, 0)
    with pytest.raises(NotNow):
        convert_again(video=video)


@pytest.fixture(autouse=True)
def empty_folder():
    yield
    shutil.rmtree(private_storage().path("films"), ignore_errors=True)
