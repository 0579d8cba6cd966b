"""The worker's duties over a simulated camera: a paper is laid, seen, photographed, packed, taken and forgotten."""

from collections.abc import Iterator

import cv2
import numpy as np
import pytest
import segno

from drivers.bench.papers import Kind
from drivers.camera.simulator import SimulatedCamera, SimulatedTray
from drivers.camera.tray import Air
from kiosk.documents.encode import Sheet
from kiosk.effects import Leaf
from kiosk.events import CodeSeen, CornersDoubted, NumbersRead, Packed, PageTurned, Photographed, TooLarge, TraySeen
from kiosk.failures import DriverError, Failure
from kiosk.shell import scanning
from kiosk.shell.looking import News
from kiosk.shell.portfolio import Portfolio
from kiosk.shell.scanning import Scanning
from kiosk.visit import Box, Guidance, Page
from tests.documents.trays import GEOMETRY, sheet

A4 = (210.0, 297.0)


class Scene:
    """A visitor's hands, the worker, and a clock that goes half a second a look."""

    def __init__(self) -> None:
        self.tray = SimulatedTray()
        self.portfolio = Portfolio()
        self.now = 0.0
        self.scanning = Scanning(SimulatedCamera(self.tray, 0), self.portfolio, GEOMETRY, self._clock)
        self.told: list[News] = []

    def _clock(self) -> float:
        self.now += 0.5
        return self.now

    def look(self, times: int = 4) -> Guidance:
        for _ in range(times):
            assert self.scanning.live(True, self.told.append) == 0.0
        seen = self.told[-1]
        assert isinstance(seen, TraySeen)
        return seen.sight.guidance

    def pack(self, *leaves: Leaf, total: int = 10_000_000, pdf: bool = False) -> Packed | TooLarge:
        return self.scanning.pack(leaves, total, pdf, lambda _done, _whole: None)

    def page(self, number: int) -> Page:
        taken = self.scanning.photograph(number)
        assert isinstance(taken, Photographed)
        return taken.page

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
    page = scene.page(1)
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
    leaves = (Leaf(2), Leaf(1))
    packed = scene.scanning.pack(leaves, 10_000_000, False, lambda done, whole: heard.append((done, whole)))
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
    page = scene.page(1)
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
    scene.portfolio.keep(1, Sheet(np.full((900, 700, 3), 250, np.uint8), 200), A4)
    scene.portfolio.keep(2, Sheet(noise, 200), A4)
    assert scene.pack(Leaf(1), Leaf(2), total=50_000) == TooLarge(1)
    with pytest.raises(KeyError):
        scene.portfolio.enclosures((1,))


def test_pages_of_one_paper_become_one_file_where_the_portal_takes_it(scene: Scene) -> None:
    for number in (1, 2, 3):
        scene.portfolio.keep(number, Sheet(np.full((900, 700, 3), 250, np.uint8), 200), A4)
    scene.pack(Leaf(1), Leaf(2, joins=True), Leaf(3), pdf=True)
    files = scene.portfolio.enclosures((1, 2, 3))
    assert [(file.name, file.media_type) for file in files] == [
        ("page-1.pdf", "application/pdf"),
        ("page-2.jpg", "image/jpeg"),
    ]
    assert files[0].content.startswith(b"%PDF")


def test_what_is_covered_is_not_in_the_file(scene: Scene) -> None:
    white = np.full((900, 700, 3), 250, np.uint8)
    white[100:130, 100:400] = (10, 200, 30)
    scene.portfolio.keep(1, Sheet(white, 200), A4)
    scene.pack(Leaf(1, (Box(0.1, 0.1, 0.6, 0.15),)))
    (file,) = scene.portfolio.enclosures((1,))
    sent = cv2.imdecode(np.frombuffer(file.content, np.uint8), cv2.IMREAD_COLOR)
    assert sent is not None
    assert (sent[100:130, 100:400].max(axis=2) < 60).all()
    page = scene.portfolio.page(1)
    assert page is not None
    assert page[110, 200].tolist() == [10, 200, 30], "the cover can still be lifted"


def test_a_page_that_is_turned_lies_otherwise_for_everybody(scene: Scene) -> None:
    picture = np.zeros((900, 700, 3), np.uint8)
    picture[:, :350] = 255
    scene.portfolio.keep(1, Sheet(picture, 200), A4)
    assert scene.scanning.turn(1) == PageTurned(900, 700)
    page, small = scene.portfolio.page(1), scene.portfolio.thumbnail(1)
    assert page is not None
    assert small is not None
    assert page[0].min() == 255
    assert page[-1].max() == 0
    assert small.shape[1] > small.shape[0]
    assert (scene.portfolio.kept(1).turns, scene.portfolio.kept(1).size_mm) == (1, (297.0, 210.0))
    with pytest.raises(DriverError):
        scene.scanning.turn(9)


def test_corners_that_a_finger_has_set_make_the_page(scene: Scene) -> None:
    scene.look()
    scene.tray.lay(sheet(Kind.FORM))
    scene.look()
    taken = scene.scanning.photograph(1)
    assert isinstance(taken, Photographed)
    assert taken.framed is not None
    assert scene.portfolio.still(1) is not None
    again = scene.scanning.straighten(taken.framed)
    assert (again.page.width_px, again.page.height_px) == (taken.page.width_px, taken.page.height_px)
    scene.scanning.discard(1)
    assert scene.portfolio.still(1) is None
    with pytest.raises(DriverError):
        scene.scanning.straighten(taken.framed)


def test_of_a_letter_that_is_read_nothing_is_kept(scene: Scene) -> None:
    with pytest.raises(DriverError):
        scene.scanning.read_numbers()  # the tray has not been seen empty
    scene.look()
    scene.tray.lay(sheet(Kind.NOTICE))
    scene.look()
    assert scene.scanning.read_numbers() == NumbersRead(None, None)  # nobody reads here
    assert scene.portfolio.numbers() == ()
    assert scene.portfolio.still(1) is None


def test_a_code_before_the_camera_is_told_once(scene: Scene) -> None:
    rows = segno.make_qr("ABCD2345").matrix_iter(scale=24, border=4)
    squares = np.array([[0 if dark else 255 for dark in row] for row in rows], np.uint8)
    scene.tray.lay(np.repeat(squares[:, :, None], 3, axis=2))
    heard: list[object] = []
    for _ in range(3):
        assert scene.scanning.live(True, heard.append, shown=False, code=True) == 0.0
    assert heard == [CodeSeen("ABCD2345")]


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


def test_an_outline_that_is_not_sure_is_shown_to_the_visitor(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing lies on the tray of which the finder would doubt: the bound is raised instead."""
    monkeypatch.setattr(scanning, "SURE", 1.1)
    scene.look()
    scene.tray.lay(sheet(Kind.FORM))
    scene.look()
    doubted = scene.scanning.photograph(1)
    assert isinstance(doubted, CornersDoubted)
    assert scene.portfolio.numbers() == ()
    straightened = scene.scanning.straighten(doubted.framed)
    assert straightened.page.number == 1
    assert scene.portfolio.numbers() == (1,)
