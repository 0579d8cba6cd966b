"""The camera across a process: the same pixels as within one, and a cable that is told."""

import os
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from drivers.bench.bench import PAPERS, printed, visitor
from drivers.camera.remote import Ask, RemoteCamera, _received
from drivers.camera.simulator import SimulatedTray
from drivers.line import DONE, Line, Message
from kiosk.events import CameraBack, CameraLost
from kiosk.failures import DriverError, Failure
from kiosk.ports import Camera, CameraEvent
from tests.drivers.bench.world import Standing, end, soon, start


@pytest.fixture
def camera(bench: Standing) -> Iterator[RemoteCamera]:
    camera = RemoteCamera(bench.folder / "camera.sock")
    yield camera
    camera.leave()


def lost(act: object) -> bool:
    assert callable(act)
    with pytest.raises(DriverError) as caught:
        act()
    return caught.value.failure is Failure.CAMERA_LOST


def descriptors(process: int = os.getpid()) -> list[str]:
    """What a process holds open, apart from what goes while we look."""
    found = []
    for link in Path(f"/proc/{process}/fd").iterdir():
        with suppress(OSError):
            found.append(str(link.readlink()))
    return sorted(name for name in found if not name.startswith("/proc"))


def test_frames_arrive_equal_to_those_of_a_tray_within_the_process(bench: Standing, camera: RemoteCamera) -> None:
    port: Camera = camera
    tray = SimulatedTray()
    tray.lay(printed(PAPERS[0], visitor(3)), degrees=4)
    bench.hands.lay_paper(0, 3, 4)
    port.open()
    assert np.array_equal(port.still(), tray.still())
    for number in range(1, 6):
        assert np.array_equal(port.preview(), tray.preview(number))
    port.close()


def test_a_frame_is_read_where_it_lies_and_its_memory_goes_with_it(camera: RemoteCamera) -> None:
    camera.open()
    before = descriptors()
    frame = camera.still()
    assert frame.shape == (3040, 4056, 3)
    assert not frame.flags.writeable
    assert "frame" in Path("/proc/self/maps").read_text()
    del frame
    assert "memfd:frame" not in Path("/proc/self/maps").read_text()
    assert descriptors() == before


def test_the_bench_keeps_no_descriptor_of_a_frame(bench: Standing, camera: RemoteCamera) -> None:
    camera.open()
    camera.still()
    assert soon(lambda: not any("memfd" in name for name in descriptors(bench.process.pid)))


def test_a_pulled_cable_is_told_and_named_and_the_camera_comes_back(bench: Standing, camera: RemoteCamera) -> None:
    heard: list[CameraEvent] = []
    camera.watch(heard.append)
    camera.open()
    bench.hands.unplug("camera")
    assert soon(lambda: heard == [CameraLost()])
    assert all(lost(call) for call in (camera.preview, camera.still, camera.open))
    bench.hands.plug("camera")
    assert soon(lambda: heard == [CameraLost(), CameraBack()])
    assert lost(camera.preview)
    camera.open()
    camera.preview()


def test_a_camera_that_was_not_there_from_the_start_is_told_too(bench: Standing, camera: RemoteCamera) -> None:
    bench.hands.unplug("camera")
    heard: list[CameraEvent] = []
    camera.watch(heard.append)
    assert soon(lambda: heard == [CameraLost()])


def test_only_one_looks_and_a_client_that_dies_makes_room(bench: Standing, camera: RemoteCamera) -> None:
    other = RemoteCamera(bench.folder / "camera.sock")
    camera.open()
    assert lost(other.preview)
    assert lost(other.open)
    camera.leave()
    other.open()
    other.preview()
    other.leave()


def test_a_bench_that_dies_is_a_lost_camera_and_heals(tmp_path: Path) -> None:
    folder = tmp_path / "bench"
    process = start(folder)
    camera = RemoteCamera(folder / "camera.sock")
    heard: list[CameraEvent] = []
    camera.watch(heard.append)
    camera.open()
    process.kill()
    end(process)
    assert lost(camera.preview)
    assert soon(lambda: heard == [CameraLost()])
    process = start(folder)
    assert soon(lambda: heard == [CameraLost(), CameraBack()])
    camera.open()
    assert camera.preview().shape == (760, 1014, 3)
    camera.leave()
    end(process)


def test_a_line_to_nowhere_is_a_lost_camera(tmp_path: Path) -> None:
    camera = RemoteCamera(tmp_path / "camera.sock")
    assert lost(camera.open)
    camera.close()
    camera.leave()


@pytest.mark.parametrize("shape", [b"[2,2,3]", b"[1,1,4]", b"[-1,-1,3]", b"[0,0,3]", b"nonsense"])
def test_memory_that_is_not_what_was_promised_is_no_frame(shape: bytes) -> None:
    descriptor = os.memfd_create("other")
    os.write(descriptor, bytes(4))
    assert lost(lambda: _received(Message(DONE, shape, descriptor)))
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(descriptor)
    assert lost(lambda: _received(Message(DONE, shape)))


def test_a_client_that_talks_nonsense_is_hung_up_on(bench: Standing) -> None:
    for words in (b"\xff\xff\xff\xff\x01", b"\x00\x00\x00\x00\x63"):
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(str(bench.folder / "camera.sock"))
            client.settimeout(5)
            client.sendall(words)
            assert client.recv(1) == b""
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(str(bench.folder / "camera.sock"))
        line = Line(client)
        line.send(Ask.WATCH)
        assert line.receive(5).body == b"\1"
