"""Which of the modes that a USB camera offers is streamed."""

from pathlib import Path

import pytest

from drivers.camera.v4l2 import MJPG, YUYV, Mode, best, first

SMALL = Mode(MJPG, 640, 480, 30)
FULL_HD = Mode(MJPG, 1920, 1080, 30)


@pytest.mark.parametrize(
    ("modes", "wanted"),
    [
        ([], None),
        ([SMALL], SMALL),
        ([SMALL, FULL_HD], FULL_HD),
        ([Mode(MJPG, 1600, 1200, 15), Mode(MJPG, 1600, 1200, 30)], Mode(MJPG, 1600, 1200, 30)),
        ([Mode(YUYV, 1600, 1200, 15), Mode(MJPG, 1600, 1200, 15)], Mode(MJPG, 1600, 1200, 15)),
        ([Mode(YUYV, 3264, 2448, 2), Mode(YUYV, 1600, 1200, 10)], Mode(YUYV, 1600, 1200, 10)),
        ([Mode(MJPG, 4000, 3000), SMALL], Mode(MJPG, 4000, 3000)),
        ([Mode(MJPG, 4656, 3496, 10), Mode(MJPG, 4160, 3120, 20)], Mode(MJPG, 4160, 3120, 20)),
        ([Mode(MJPG, 4656, 3496, 10), Mode(MJPG, 2592, 1944, 30)], Mode(MJPG, 4656, 3496, 10)),
        ([Mode(MJPG, 60_000, 60_000, 30), SMALL], SMALL),
        ([Mode(MJPG, 0, 0, 30), Mode(YUYV, 4000, 3000, 1)], None),
    ],
    ids=[
        "nothing",
        "the only one",
        "the larger",
        "the quicker of one size",
        "compressed rather than raw",
        "nothing that crawls",
        "a speed that is not told is believed in",
        "quick enough to look at, where a page stays legible",
        "large rather than quick, where it would not",
        "nothing that nobody can hold in memory",
        "nonsense",
    ],
)
def test_the_mode_that_suits_pages_best(modes: list[Mode], wanted: Mode | None) -> None:
    assert best(tuple(modes)) == wanted
    assert best(tuple(reversed(modes))) == wanted


def test_where_there_is_no_device_there_is_no_first_one(tmp_path: Path) -> None:
    assert first(tmp_path) is None
    (tmp_path / "video-thing").touch()
    assert first(tmp_path) is None


def test_a_file_that_is_no_camera_is_named_when_there_is_no_better(tmp_path: Path) -> None:
    for name in ("video10", "video2"):
        (tmp_path / name).touch()
    assert first(tmp_path) == str(tmp_path / "video2")
