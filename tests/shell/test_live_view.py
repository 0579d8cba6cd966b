"""The camera's worker between requests: it looks while it is wanted, and finds out whether the camera is there."""

import weakref

import numpy as np
import pytest

from drivers.bench.papers import Kind, print_paper
from drivers.camera.simulator import SimulatedCamera, SimulatedTray
from kiosk.documents.straighten import TrayGeometry
from kiosk.events import TraySeen
from kiosk.failures import DriverError, Failure
from kiosk.flow.lamps import Looking
from kiosk.ports import Frame
from kiosk.shell.live_view import FIRST_PAUSE, LONGEST_PAUSE, LiveView
from kiosk.shell.looking import News
from kiosk.shell.portfolio import Portfolio
from kiosk.shell.scanning import Scanning
from kiosk.visit import Guidance


class Dazzled(SimulatedCamera):
    """A camera that is burnt out by its lamp for the first frames."""

    def __init__(self, tray: SimulatedTray, frames: int) -> None:
        super().__init__(tray, frames_per_second=0)
        self.burnt_out = frames

    def preview(self) -> Frame:
        """Brighter by eight, then by four, and so on."""
        self.burnt_out -= 1
        gain = max(1, 8 >> max(0, 3 - self.burnt_out)) if self.burnt_out >= 0 else 1
        return np.minimum(super().preview().astype(np.uint16) * gain, 255).astype(np.uint8)


class Above:
    """A live view over a simulated tray."""

    def __init__(self, dazzled: int = 0) -> None:
        self.tray = SimulatedTray()
        self.portfolio = Portfolio()
        self.told: list[News] = []
        camera = Dazzled(self.tray, dazzled)
        scanning = Scanning(camera, self.portfolio, TrayGeometry(), lambda: 0.0)
        self.live = LiveView(scanning, self.told.append)


def test_nothing_is_looked_at_while_nothing_is_looked_for() -> None:
    above = Above()
    assert above.live.turn() is None
    assert above.portfolio.frame() is None
    assert above.told == []


def test_a_camera_that_is_away_is_looked_for_soon_and_then_more_and_more_seldom() -> None:
    above = Above()
    above.tray.unplug()
    pauses = [above.live.turn() for _ in range(6)]
    assert pauses == [FIRST_PAUSE, 4.0, 8.0, 16.0, LONGEST_PAUSE, LONGEST_PAUSE]
    above.tray.plug()
    assert above.live.turn() is None
    assert above.live.turn() is None


def test_while_it_is_wanted_frames_go_to_the_glass_and_news_to_the_visit() -> None:
    above = Above()
    above.live.look_for(Looking(1, need_empty=True))
    assert above.live.turn() == 0.0
    frame = above.portfolio.frame()
    assert isinstance(frame, np.ndarray)
    assert len(above.told) == 1
    above.live.look_for(None)
    assert above.portfolio.frame() is None


def test_of_a_tray_that_is_only_watched_no_frame_is_kept() -> None:
    above = Above()
    above.live.look_for(Looking(1, need_empty=True, shown=False))
    assert above.live.turn() == 0.0
    assert above.portfolio.frame() is None
    assert len(above.told) == 1


def test_a_camera_lost_while_looking_is_raised_once_and_then_looked_for_until_it_heals() -> None:
    above = Above()
    above.live.look_for(Looking(1, need_empty=True))
    for _ in range(3):
        assert above.live.turn() == 0.0
        above.tray.unplug()
        with pytest.raises(DriverError) as raised:
            above.live.turn()
        assert raised.value.failure is Failure.CAMERA_LOST
        assert [above.live.turn() for _ in range(2)] == [FIRST_PAUSE, 2 * FIRST_PAUSE]
        assert above.portfolio.frame() is None
        above.tray.plug()
    assert above.live.turn() == 0.0
    assert isinstance(above.portfolio.frame(), np.ndarray)
    above.tray.unplug()
    above.live.look_for(None)
    assert above.live.turn() is None  # it was there a moment ago: nobody has asked since


def test_a_camera_that_comes_back_shows_the_paper_that_lies_there_now() -> None:
    above = Above()
    above.live.look_for(Looking(1, need_empty=True))
    above.live.turn()
    above.tray.lay(print_paper(Kind.NOTICE))
    for _ in range(2):  # a search takes two frames
        above.live.turn()
    above.tray.unplug()
    with pytest.raises(DriverError):
        above.live.turn()
    above.tray.slide(-40, 0)
    above.tray.plug()
    above.live.turn()
    before, after = (np.array(told.sight.outline) for told in above.told[-2:] if isinstance(told, TraySeen))
    assert np.abs(after - before - (-40 / 420, 0)).max() < 0.01


@pytest.mark.parametrize("frames", [4, 8, 15])
def test_a_paper_left_behind_is_not_overlooked_by_a_camera_that_its_lamp_dazzles(frames: int) -> None:
    above = Above(frames)
    above.tray.lay(print_paper(Kind.NOTICE))
    above.live.look_for(Looking(1, need_empty=True))
    for _ in range(3):
        above.live.turn()
    told = [news.sight.guidance for news in above.told if isinstance(news, TraySeen)]
    assert told == [Guidance.EMPTY_THE_TRAY]


def test_a_camera_that_never_sees_well_is_shown_all_the_same() -> None:
    above = Above(10**6)
    above.live.look_for(Looking(1, need_empty=True))
    assert above.live.turn() == 0.0
    assert above.portfolio.frame() is not None


def test_when_nothing_is_looked_for_any_more_no_picture_is_kept() -> None:
    """Also where a search had begun, which keeps a frame until the next one."""
    above = Above()
    above.live.look_for(Looking(1, need_empty=True))
    above.live.turn()
    above.tray.lay(print_paper(Kind.NOTICE))
    above.live.turn()
    frame = above.portfolio.frame()
    assert frame is not None
    kept = weakref.ref(frame)
    del frame
    above.live.look_for(None)
    above.tray.slide(1, 0)  # the simulated camera keeps a picture of its own until then
    assert kept() is None
