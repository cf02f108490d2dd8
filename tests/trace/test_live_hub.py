"""The hub tells everybody who watches a base, and nobody is told late because of somebody else."""

import asyncio
import threading
import time

import pytest
import pytest_asyncio

from telemetry.live import hub as hubs
from telemetry.live.hub import Full, Hub
from telemetry.live.viewer import Viewer
from telemetry.queries import UnknownBase
from tests.trace.live_doubles import BASE, Socket, numbers, reading, state

pytestmark = pytest.mark.asyncio


class Source:
    """Counts how often a snapshot was computed, and can take its time or fail."""

    def __init__(self):
        self.calls = 0
        self.takes = 0.0
        self.error = None

    def __call__(self, base):
        self.calls += 1
        time.sleep(self.takes)
        if self.error:
            raise self.error
        return state(base)


@pytest_asyncio.fixture
async def source():
    return Source()


@pytest_asyncio.fixture
async def hub(source):
    hub = Hub(source=source, most_viewers=2000, most_per_base=1500)
    running = asyncio.create_task(hub.run())
    yield hub
    running.cancel()
    hub.close()


async def join(hub, base=BASE):
    socket = Socket()
    viewer = Viewer(socket.send, on_gone=lambda: None)
    await hub.join(base, viewer)
    return socket, viewer


async def test_a_viewer_gets_a_snapshot_and_then_every_reading(hub):
    socket, _ = await join(hub)
    hub.offer([reading(1), reading(2)])
    await hub.settled()
    assert numbers(socket.texts) == [-1, 1, 2]


async def test_readings_of_another_base_are_not_heard(hub):
    socket, _ = await join(hub)
    other = reading(1)
    other.base = "yuanshang"
    hub.offer([other])
    await hub.settled()
    assert numbers(socket.texts) == [-1]


async def test_a_thousand_who_come_at_once_cost_one_snapshot(hub, source):
    source.takes = 0.05
    joined = await asyncio.gather(*(join(hub) for _ in range(1000)))
    assert source.calls == 1
    assert all(numbers(socket.texts) == [-1] for socket, _ in joined)


async def test_who_comes_between_a_reading_and_the_next_snapshot_misses_nothing(hub, source):
    await join(hub)
    hub.offer([reading(1), reading(2), reading(3, metric="tsp")])
    await hub.settled()
    late, _ = await join(hub)
    assert source.calls == 1
    assert numbers(late.texts) == [-1, 2, 3]


async def test_a_reading_during_the_computation_follows_the_snapshot(hub, source):
    source.takes = 0.05
    joining = asyncio.create_task(join(hub))
    await asyncio.sleep(0.01)
    hub.offer([reading(1)])
    socket, _ = await joining
    await hub.settled()
    assert numbers(socket.texts)[0] == -1
    assert numbers(socket.texts)[-1] == 1


async def test_a_viewer_that_never_reads_delays_nobody(hub):
    sleeper, _ = await join(hub)
    sleeper.room.clear()
    sockets = [(await join(hub))[0] for _ in range(20)]
    for number in range(50):
        hub.offer([reading(number)])
        await asyncio.wait_for(hub.settled(), 1)
    assert all(numbers(socket.texts) == [-1, *range(50)] for socket in sockets)
    assert len(sleeper.texts) == 1


async def test_other_work_of_the_loop_goes_on_between_viewers(hub, monkeypatch):
    monkeypatch.setattr(hubs, "TURN", 10)
    await asyncio.gather(*(join(hub) for _ in range(100)))
    turns = 0

    async def other_work():
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    working = asyncio.create_task(other_work())
    await asyncio.sleep(0)
    turns = 0
    hub.offer([reading(1)])
    await hub.settled()
    working.cancel()
    assert turns >= 10


async def test_a_hub_that_is_behind_keeps_the_newest(hub, monkeypatch):
    monkeypatch.setattr(hubs, "BEHIND", 3)
    socket, _ = await join(hub)
    hub.offer([reading(number) for number in range(100)])
    await hub.settled()
    assert numbers(socket.texts) == [-1, 0, 1, 2, 99]


async def test_an_unknown_base_is_said_and_leaves_nothing_behind(hub):
    with pytest.raises(UnknownBase):
        await join(hub, "nowhere")
    assert len(hub) == 0
    assert hub.viewers() == []


async def test_there_is_a_limit_for_a_base(hub):
    await asyncio.gather(*(join(hub) for _ in range(1500)))
    with pytest.raises(Full):
        await join(hub)
    assert len(hub) == 1500


async def test_who_leaves_makes_room_and_hears_nothing(hub):
    socket, viewer = await join(hub)
    hub.leave(BASE, viewer)
    hub.leave(BASE, viewer)
    hub.offer([reading(1)])
    await hub.settled()
    assert len(hub) == 0
    assert numbers(socket.texts) == [-1]


async def test_after_an_outage_everybody_gets_a_new_snapshot(hub, source):
    socket, _ = await join(hub)
    await hub.refresh()
    await hub.settled()
    assert source.calls == 2
    assert numbers(socket.texts) == [-1, -1]


async def test_a_database_that_fails_costs_nobody_the_connection(hub, source):
    socket, _ = await join(hub)
    source.error = RuntimeError("no database")
    await hub.refresh()
    hub.offer([reading(1)])
    await hub.settled()
    assert numbers(socket.texts) == [-1, 1]


async def test_a_viewer_who_gives_up_while_waiting_does_not_take_the_snapshot_from_others(hub, source):
    source.takes = 0.05
    impatient, patient = (asyncio.create_task(join(hub)) for _ in range(2))
    await asyncio.sleep(0.01)
    impatient.cancel()
    socket, _ = await patient
    assert numbers(socket.texts) == [-1]
    assert len(hub) == 1


async def test_frames_may_come_from_any_thread(hub):
    socket, _ = await join(hub)
    thread = threading.Thread(target=hub.publish, args=([reading(1)],))
    thread.start()
    thread.join()
    await asyncio.sleep(0.01)
    await hub.settled()
    assert numbers(socket.texts) == [-1, 1]
