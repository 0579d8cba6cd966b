"""What is particular to a Raspberry Pi camera, upon a stand-in for picamera2's calls: no libcamera was there."""

import threading
from collections.abc import Iterator

import pytest

from drivers.camera import picamera
from drivers.camera.fault import Fault
from drivers.camera.picamera import PiCamera
from kiosk.failures import DriverError
from tests.drivers.camera.conftest import red
from tests.drivers.camera.stand_in import SENSOR, Module, standing_in


@pytest.fixture
def module() -> Iterator[Module]:
    module = Module(red(320, 180))
    with standing_in(module):
        yield module


def test_it_is_configured_once_for_preview_and_still(module: Module) -> None:
    camera = PiCamera(focus=2.2)
    camera.open()
    for _ in range(3):
        camera.preview()
        camera.still()
    (said,) = module.configured
    assert said["main"]["size"] == SENSOR
    assert all(side % 2 == 0 for side in said["lores"]["size"])
    assert said["controls"] == {"AfMode": 0, "LensPosition": 2.2}
    camera.leave()
    assert module.open == 0


def test_a_fixed_lens_is_not_told_to_move(module: Module) -> None:
    camera = PiCamera()
    camera.open()
    assert module.configured[0]["controls"] == {}
    camera.leave()


def test_what_is_wrong_is_named(module: Module) -> None:
    camera = PiCamera()
    camera.open()
    module.plugged = False
    for call, fault in ((camera.preview, Fault.SILENT), (camera.open, Fault.ABSENT), (camera.still, Fault.ABSENT)):
        with pytest.raises(DriverError):
            call()
        assert camera.fault is fault
    assert module.open == 0


def test_one_that_hangs_while_it_is_opened_is_lost_and_put_away_when_it_comes(
    module: Module, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picamera, "_OPEN_SECONDS", 0.02)
    released = threading.Event()
    module.slow = lambda: assert_true(released.wait(10))
    camera = PiCamera()
    with pytest.raises(DriverError):
        camera.open()
    assert camera.fault is Fault.SILENT
    threads = [thread for thread in threading.enumerate() if thread.name == "picamera"]
    released.set()
    for thread in threads:
        thread.join(10)
    assert module.open == 0


def assert_true(seen: bool) -> None:
    assert seen


def test_without_its_library_that_is_said() -> None:
    camera = PiCamera()
    with pytest.raises(DriverError):
        camera.open()
    assert camera.fault is Fault.LIBRARY
