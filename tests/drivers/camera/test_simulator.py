"""The simulated camera keeps the port's promises, and its tray obeys the hand."""

import threading
from pathlib import Path

import cv2
import numpy as np
import pytest

from drivers.bench.papers import A4_MM, SIZES_MM, Kind, Owner, print_paper
from drivers.camera.simulator import SimulatedCamera, SimulatedTray, read_picture
from drivers.camera.tray import STILL, Air
from kiosk.events import CameraBack, CameraLost
from kiosk.failures import DriverError, Failure
from kiosk.ports import Camera, CameraEvent


def looking() -> tuple[SimulatedTray, SimulatedCamera]:
    tray = SimulatedTray()
    camera = SimulatedCamera(tray, 0)
    camera.open()
    return tray, camera


def test_frames_have_the_size_of_the_real_camera() -> None:
    _, camera = looking()
    port: Camera = camera
    assert port.still().shape == (3040, 4056, 3)
    assert port.preview().shape == (760, 1014, 3)


def test_previews_differ_a_little_and_only_a_little() -> None:
    _, camera = looking()
    first, second = camera.preview().astype(int), camera.preview().astype(int)
    assert 0 < np.abs(first - second).mean() < 4


def test_the_hand_lays_turns_and_takes() -> None:
    tray, camera = looking()
    empty = camera.still()
    tray.lay(print_paper(Kind.NOTICE), degrees=2)
    laid = camera.still()
    assert laid[1500, 2000:2100].mean() > empty[1500, 2000:2100].mean() + 100
    before = tray.corners()[0]
    tray.turn(180)
    assert np.allclose(tray.corners()[0], np.roll(before, 2, axis=0), atol=60)
    tray.take()
    assert tray.corners() == []
    assert np.array_equal(camera.still(), empty)


def test_a_still_is_rendered_once_until_the_tray_changes() -> None:
    tray, camera = looking()
    assert camera.still() is camera.still()
    tray.air(Air(light=0.5))
    assert camera.still().mean() < 30


def test_what_lies_there_is_the_same_when_the_light_is_good_again() -> None:
    tray, camera = looking()
    tray.lay(print_paper(Kind.FORM))
    good = camera.still()
    tray.air(Air(light=0.3, blur_px=4, shadow=1.0))
    assert camera.still().mean() < good.mean() / 2
    tray.air(Air())
    assert np.array_equal(camera.still(), good)


def test_a_paper_that_is_turned_over_shows_its_empty_side_and_then_its_print() -> None:
    tray, camera = looking()
    tray.lay(print_paper(Kind.NOTICE))
    printed = camera.still()
    within = np.s_[400:2600, 1300:2700]
    assert printed[within].min() < 100
    tray.turn_over()
    assert camera.still()[within].min() > 180
    tray.turn_over()
    assert np.array_equal(camera.still(), printed)


def test_a_shaken_paper_moves_in_the_preview() -> None:
    tray, camera = looking()
    tray.lay(print_paper(Kind.FORM))
    tray.shake()
    first, second = camera.preview().astype(int), camera.preview().astype(int)
    assert np.abs(first - second).mean() > 4
    tray.shake(False)
    first, second = camera.preview().astype(int), camera.preview().astype(int)
    assert np.abs(first - second).mean() < 4


def test_a_pulled_cable_is_told_and_named_and_the_camera_comes_back_when_opened() -> None:
    tray, camera = looking()
    heard: list[CameraEvent] = []
    camera.watch(heard.append)
    tray.unplug()
    for call in (camera.preview, camera.still, camera.open):
        with pytest.raises(DriverError) as caught:
            call()
        assert caught.value.failure is Failure.CAMERA_LOST
    tray.plug()
    with pytest.raises(DriverError):
        camera.preview()
    camera.open()
    camera.preview()
    assert heard == [CameraLost(), CameraBack()]


def test_a_closed_camera_gives_nothing() -> None:
    _, camera = looking()
    camera.close()
    with pytest.raises(DriverError):
        camera.still()


def test_pulling_the_cable_ends_a_wait_at_once() -> None:
    tray = SimulatedTray()
    camera = SimulatedCamera(tray, frames_per_second=0.01, clock=lambda: 0.0)
    camera.open()
    camera.preview()
    hand = threading.Timer(0.05, tray.unplug)
    hand.start()
    with pytest.raises(DriverError):
        camera.preview()
    hand.join()


def test_a_picture_file_can_be_laid_or_shown(tmp_path: Path) -> None:
    file = tmp_path / "paper.png"
    cv2.imwrite(str(file), np.full((400, 300, 3), (0, 0, 255), np.uint8))
    assert read_picture(file)[0, 0].tolist() == [255, 0, 0]
    tray, camera = looking()
    tray.lay(file, dpi=300 * 300 / 2480)
    seen = camera.still()[1500, 2000]
    assert seen[0] > 150
    assert seen[2] < 60
    tray.show(file)
    assert camera.still().shape == (STILL[1], STILL[0], 3)
    assert camera.still()[5, 5].tolist() == [0, 0, 0]


def test_a_file_that_is_no_picture_is_refused(tmp_path: Path) -> None:
    for content in (b"", b"not a picture"):
        file = tmp_path / "paper.png"
        file.write_bytes(content)
        with pytest.raises(ValueError, match="is not a picture"):
            read_picture(file)


@pytest.mark.parametrize("kind", list(Kind), ids=lambda kind: kind.value)
def test_sample_papers_are_the_same_every_time(kind: Kind) -> None:
    paper = print_paper(kind, seed=3)
    assert np.array_equal(paper, print_paper(kind, seed=3))
    assert paper.dtype == np.uint8
    assert (paper < 128).mean() > 0.005
    wide, tall = SIZES_MM.get(kind, A4_MM)
    assert paper.shape == (round(tall * 300 / 25.4), round(wide * 300 / 25.4), 3)


def test_a_paper_bears_its_owner_s_numbers() -> None:
    owner = Owner("仮名 渡", "S0301-20261103093015-20260", "9056789-41")
    assert not np.array_equal(print_paper(Kind.NOTICE, owner), print_paper(Kind.NOTICE))
    assert "仮名" not in repr(owner)


def test_the_seal_is_red() -> None:
    paper = print_paper(Kind.SEAL).astype(int)
    below = paper[1500:]
    assert ((below[:, :, 0] - below[:, :, 2]) > 80).sum() > 3000
