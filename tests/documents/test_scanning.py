"""The worker's duties over a simulated camera: a paper is laid, seen, photographed, packed, taken and forgotten."""

from collections.abc import Iterator

import numpy as np
import pytest

from drivers.bench.papers import Kind
from drivers.camera.simulator import SimulatedCamera, SimulatedTray
from drivers.camera.tray import Air
from kiosk.documents.encode import Sheet
from kiosk.events import Packed, TooLarge, TraySeen
from kiosk.failures import DriverError, Failure
from kiosk.shell.portfolio import Portfolio
from kiosk.shell.scanning import Scanning
from kiosk.visit import Guidance, Page
from tests.documents.trays import GEOMETRY, sheet


class Scene:
    """A visitor's hands, the worker, and a clock that goes half a second a look."""

    def __init__(self) -> None:
        self.tray = SimulatedTray()
        self.portfolio = Portfolio()
        self.now = 0.0
        self.scanning = Scanning(SimulatedCamera(self.tray, 0), self.portfolio, GEOMETRY, self._clock)
        self.told: list[TraySeen] = []

    def _clock(self) -> float:
        self.now += 0.5
        return self.now

    def look(self, times: int = 4) -> Guidance:
        for _ in range(times):
            assert self.scanning.live(True, self.told.append) == 0.0
        return self.told[-1].sight.guidance

    def failure(self, number: int) -> Failure:
        with pytest.raises(DriverError) as caught:
            self.scanning.photograph(number)
        return caught.value.failure


@pytest.fixture
def scene() -> Iterator[Scene]:
    made = Scene()
    yield made
    made.scanning.close()


def test_two_papers_are_scanned_one_after_the_other(scene: Scene) -> None:
    assert scene.look() is Guidance.LAY_A_PAPER
    scene.tray.lay(sheet(Kind.NOTICE), degrees=1)
    assert scene.look() is Guidance.READY
    page = scene.scanning.photograph(1)
    assert page.height_px > page.width_px
    assert scene.look() is Guidance.EMPTY_THE_TRAY
    assert scene.failure(2) is Failure.PAGE_NOT_FOUND
    scene.tray.take()
    assert scene.look() is Guidance.LAY_A_PAPER
    scene.tray.lay(sheet(Kind.RECEIPT), degrees=20)
    assert scene.look() is Guidance.READY
    scene.scanning.photograph(2)
    assert scene.portfolio.numbers() == (1, 2)
    heard: list[tuple[int, int]] = []
    packed = scene.scanning.pack((2, 1), 10_000_000, lambda done, whole: heard.append((done, whole)))
    assert isinstance(packed, Packed)
    assert [page.number for page in packed.pages] == [2, 1]
    files = scene.portfolio.enclosures((2, 1))
    assert [len(file.content) for file in files] == [page.encoded_bytes for page in packed.pages]
    assert [file.name for file in files] == ["page-1.jpg", "page-2.jpg"]
    assert heard[-1][0] == heard[-1][1]


def test_a_paper_of_the_visitor_before_is_never_photographed(scene: Scene) -> None:
    scene.tray.lay(sheet(Kind.SEAL))
    assert scene.look() is Guidance.EMPTY_THE_TRAY
    assert scene.failure(1) is Failure.PAGE_NOT_FOUND
    assert scene.portfolio.numbers() == ()


def test_a_page_that_is_taken_again_needs_no_empty_tray(scene: Scene) -> None:
    scene.look()
    scene.tray.lay(sheet(Kind.FORM))
    scene.look()
    scene.scanning.photograph(1)
    scene.scanning.discard(1)
    assert scene.portfolio.page(1) is None
    assert scene.look() is Guidance.READY
    scene.scanning.photograph(1)


def test_a_paper_that_was_refused_and_left_lying_does_not_count_for_the_next_page(scene: Scene) -> None:
    scene.look()
    scene.tray.lay(sheet(Kind.FORM))
    scene.look()
    scene.scanning.await_empty()
    assert scene.look() is Guidance.EMPTY_THE_TRAY
    assert scene.failure(1) is Failure.PAGE_NOT_FOUND
    scene.tray.take()
    assert scene.look() is Guidance.LAY_A_PAPER


def test_a_page_on_its_side_is_put_level(scene: Scene) -> None:
    scene.look()
    scene.tray.lay(sheet(Kind.NOTICE), degrees=90)
    scene.look()
    page = scene.scanning.photograph(1)
    assert page.height_px > page.width_px


@pytest.mark.parametrize(
    ("air", "reason"),
    [(Air(blur_px=4), Failure.PAGE_BLURRED), (Air(light=0.25), Failure.PAGE_DARK), (Air(glare=1), Failure.PAGE_GLARE)],
    ids=str,
)
def test_a_bad_photograph_is_not_kept(scene: Scene, air: Air, reason: Failure) -> None:
    scene.look()
    scene.tray.lay(sheet(Kind.NOTICE))
    scene.tray.air(air)
    assert scene.failure(1) is reason
    assert scene.portfolio.numbers() == ()


def test_nothing_is_told_while_nothing_changes(scene: Scene) -> None:
    scene.look(8)
    assert len(scene.told) == 1


def test_the_preview_is_there_while_looking_and_gone_after(scene: Scene) -> None:
    scene.look()
    assert scene.portfolio.frame() is not None
    pause = scene.scanning.live(False, scene.told.append)
    assert pause is not None
    assert pause > 0
    assert scene.portfolio.frame() is None


def test_a_lost_camera_is_named_and_comes_back(scene: Scene) -> None:
    scene.look()
    scene.tray.unplug()
    with pytest.raises(DriverError) as caught:
        scene.look()
    assert caught.value.failure is Failure.CAMERA_LOST
    assert scene.failure(1) is Failure.CAMERA_LOST
    scene.tray.plug()
    assert scene.look() is Guidance.LAY_A_PAPER


def test_what_does_not_fit_names_the_page(scene: Scene) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (900, 700, 3)).astype(np.uint8)
    scene.portfolio.keep(Page(1, 700, 900, 1), Sheet(np.full((900, 700, 3), 250, np.uint8), 200))
    scene.portfolio.keep(Page(2, 700, 900, 1), Sheet(noise, 200))
    assert scene.scanning.pack((1, 2), 50_000, lambda _done, _whole: None) == TooLarge(1)
    with pytest.raises(KeyError):
        scene.portfolio.enclosures((1,))


def test_the_wipe_leaves_nothing(scene: Scene) -> None:
    scene.look()
    scene.tray.lay(sheet(Kind.NOTICE))
    scene.look()
    scene.scanning.photograph(1)
    scene.scanning.wipe()
    assert scene.portfolio.numbers() == ()
    assert scene.portfolio.frame() is None
    assert scene.portfolio.page(1) is None
    assert scene.portfolio.thumbnail(1) is None
    assert scene.look() is Guidance.EMPTY_THE_TRAY
