"""The glass on the bench page: a picture goes out when somebody looks and it has changed; touches come back."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from drivers.bench.door import Door
from drivers.bench.glass import Glass
from drivers.camera.tray import Frame
from kiosk.shell.mirror import Mirror
from tests.drivers.bench.world import soon


class Room:
    """A page's side and as many visits as a story wants, within one process."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.glass = Glass()
        self.touches: list[tuple[int, int, bool]] = []
        self.threads: set[str] = set()
        self.mirrors: list[Mirror] = []
        self.door = Door(path, self.glass.serve)
        self.door.start()

    def visit(self) -> Mirror:
        def touched(x: int, y: int, down: bool) -> None:
            self.threads.add(threading.current_thread().name)
            self.touches.append((x, y, down))

        mirror = Mirror(self.path, touched)
        self.mirrors.append(mirror)
        return mirror

    def close(self) -> None:
        for mirror in self.mirrors:
            mirror.close()
        self.glass.stop()
        self.door.stop()


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    room = Room(tmp_path / "mirror.sock")
    yield room
    room.close()


def picture(grey: int, size: tuple[int, int] = (60, 80)) -> Frame:
    return np.full((*size, 3), grey, np.uint8)


def test_who_looks_sees_what_stands_and_then_what_changes(room: Room) -> None:
    mirror = room.visit()
    mirror.show(picture(1))
    first = room.glass.newest(0, 5)
    assert first is not None
    assert np.array_equal(first.pixels, picture(1))
    assert room.glass.newest(first.serial, 0.05) is None
    mirror.show(picture(2, (1080, 1920)))
    second = room.glass.newest(first.serial, 5)
    assert second is not None
    assert np.array_equal(second.pixels, picture(2, (1080, 1920)))


def test_the_same_picture_again_is_not_sent_and_the_last_one_always_comes(room: Room) -> None:
    mirror = room.visit()
    mirror.show(picture(1))
    first = room.glass.newest(0, 5)
    assert first is not None
    mirror.show(picture(1))
    assert room.glass.newest(first.serial, 0.1) is None
    for grey in (2, 3, 4, 5):
        mirror.show(picture(grey))

    def stands() -> bool:
        newest = room.glass.current(5)
        return newest is not None and np.array_equal(newest.pixels, picture(5))

    assert soon(stands)  # whatever was passed over on the way


def test_the_current_picture_is_never_an_old_one(room: Room) -> None:
    mirror = room.visit()
    for grey in range(8):
        mirror.show(picture(grey))
        now = room.glass.current(5)
        assert now is not None
        assert np.array_equal(now.pixels, picture(grey)) or room.glass.newest(now.serial, 5) is not None


def test_touches_reach_the_visit_from_the_mirror_s_thread(room: Room) -> None:
    assert not room.glass.touch(1, 2, down=True)
    room.visit()
    assert soon(lambda: room.glass.there)
    assert room.glass.touch(1919, 1079, down=True)
    assert room.glass.touch(1919, 1079, down=False)
    assert soon(lambda: room.touches == [(1919, 1079, True), (1919, 1079, False)])
    assert room.threads == {"mirror"}


def test_the_newer_of_two_visits_has_the_glass_and_goes_with_it(room: Room) -> None:
    old = room.visit()
    old.show(picture(1))
    assert room.glass.newest(0, 5) is not None
    new = room.visit()
    new.show(picture(2))
    seen = room.glass.newest(1, 5)
    assert seen is not None
    assert np.array_equal(seen.pixels, picture(2))
    old.close()
    assert room.glass.touch(1, 1, down=True)
    new.close()
    assert soon(lambda: not room.glass.there)
    assert room.glass.newest(0, 0.05) is None
    room.mirrors.clear()


def test_nobody_waits_for_a_visit_that_is_gone(room: Room) -> None:
    mirror = room.visit()
    mirror.show(picture(1))
    first = room.glass.newest(0, 5)
    assert first is not None
    going = threading.Timer(0.1, mirror.close)
    going.start()
    assert room.glass.newest(first.serial, 60) is None
    going.join()
    room.mirrors.clear()


def test_the_glass_never_waits_for_the_bench(tmp_path: Path) -> None:
    nobody = Mirror(tmp_path / "mirror.sock", lambda *_touch: None)
    for grey in range(100):
        nobody.show(picture(grey))
    nobody.close()


def test_a_bench_that_comes_back_is_found_again(tmp_path: Path) -> None:
    first = Room(tmp_path / "mirror.sock")
    mirror = first.visit()
    mirror.show(picture(7))
    assert first.glass.newest(0, 5) is not None
    first.mirrors.clear()
    first.close()
    second = Room(tmp_path / "mirror.sock")
    second.mirrors.append(mirror)
    assert second.glass.newest(0, 10) is None or soon(lambda: second.glass.there)
    seen = second.glass.current(5)
    assert seen is not None
    assert np.array_equal(seen.pixels, picture(7))
    second.close()


@pytest.mark.parametrize("words", [b"Q\x00\x01\x00\x01", b"P\xff\xff\xff\xff", b"P\x00\x00\x00\x05", b"P\x00\x01"])
def test_what_is_no_picture_is_hung_up_on(room: Room, words: bytes) -> None:
    with socket.socket(socket.AF_UNIX) as stranger:
        stranger.settimeout(5)
        stranger.connect(str(room.path))
        stranger.sendall(words)
        stranger.shutdown(socket.SHUT_WR)
        assert stranger.recv(1) == b""
    assert room.glass.current(0.01) is None
