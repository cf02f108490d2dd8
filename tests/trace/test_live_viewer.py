"""A viewer may be as slow as it likes: it delays nobody, keeps little, and catches up with the newest."""

import asyncio

import pytest

from telemetry.live import frames
from telemetry.live.viewer import MOST_HELD, Viewer
from tests.trace.live_doubles import BASE, Socket, numbers, reading, state

pytestmark = pytest.mark.asyncio


def viewer_of(socket, **options):
    gone = []
    viewer = Viewer(socket.send, on_gone=lambda: gone.append(True), **options)
    return viewer, gone


async def test_with_room_in_the_socket_a_frame_is_sent_at_once_without_a_task():
    socket = Socket()
    viewer, _ = viewer_of(socket)
    viewer.greet([])
    before = len(asyncio.all_tasks())
    viewer.offer(reading(1))
    assert numbers(socket.texts) == [1]
    assert len(asyncio.all_tasks()) == before


async def test_frames_that_come_before_the_greeting_follow_it():
    socket = Socket()
    viewer, _ = viewer_of(socket)
    viewer.offer(reading(1))
    viewer.greet([frames.snapshot(BASE, state(BASE))])
    assert numbers(socket.texts) == [-1, 1]


async def test_a_full_socket_gets_only_the_newest_of_each_device_when_it_has_room_again():
    socket = Socket()
    viewer, _ = viewer_of(socket)
    viewer.greet([])
    socket.room.clear()
    for number in range(5):
        viewer.offer(reading(number))
        viewer.offer(reading(10 + number, device="ZJH-02"))
    assert socket.texts == []
    socket.room.set()
    await asyncio.sleep(0.01)
    assert numbers(socket.texts) == [0, 4, 14]  # 0 was on its way already
    viewer.offer(reading(20))
    assert numbers(socket.texts)[-1] == 20


async def test_a_snapshot_replaces_everything_that_waits():
    socket = Socket()
    viewer, _ = viewer_of(socket)
    viewer.greet([])
    socket.room.clear()
    for number in range(3):
        viewer.offer(reading(number, device=f"D{number}"))
    viewer.offer(frames.snapshot(BASE, state(BASE)))
    viewer.offer(reading(9))
    socket.room.set()
    await asyncio.sleep(0.01)
    assert numbers(socket.texts) == [0, -1, 9]


async def test_what_waits_is_bounded():
    socket = Socket()
    viewer, _ = viewer_of(socket)
    viewer.greet([])
    socket.room.clear()
    for number in range(3 * MOST_HELD):
        viewer.offer(reading(number, device=f"D{number}"))
    socket.room.set()
    await asyncio.sleep(0.01)
    assert len(socket.texts) == MOST_HELD + 1
    assert numbers(socket.texts)[-1] == 3 * MOST_HELD - 1


async def test_how_long_a_viewer_takes_nothing_is_known():
    socket = Socket()
    viewer, _ = viewer_of(socket)
    viewer.greet([])
    now = asyncio.get_running_loop().time()
    assert viewer.stuck_for(now + 100) == 0
    socket.room.clear()
    viewer.offer(reading(1))
    assert viewer.stuck_for(now + 100) == pytest.approx(100, abs=1)


async def test_a_lost_connection_is_told_once_and_then_nothing_is_sent():
    socket = Socket()
    viewer, gone = viewer_of(socket)
    viewer.greet([])
    socket.error = OSError("gone")
    viewer.offer(reading(1))
    viewer.offer(reading(2))
    assert gone == [True]


async def test_a_connection_lost_while_full_is_told_too():
    socket = Socket()
    viewer, gone = viewer_of(socket)
    viewer.greet([])
    socket.room.clear()
    viewer.offer(reading(1))
    socket.error = OSError("gone")
    socket.room.set()
    await asyncio.sleep(0.01)
    assert gone == [True]


async def test_encoded_frames_are_written_and_a_full_socket_falls_back_to_the_server():
    socket, written = Socket(), []
    has_room = True

    def write(frame):
        if has_room:
            written.append(frame)
        return has_room

    viewer, _ = viewer_of(socket, write=write)
    viewer.greet([])
    viewer.offer(reading(1))
    assert written == [reading(1).encoded]
    has_room = False
    viewer.offer(reading(2))
    assert numbers(socket.texts) == [2]
