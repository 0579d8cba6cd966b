"""A sighted visitor before a terminal on an X server, all from outside: XTEST, frame buffer, the bench's hands."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from drivers.bench.bench import visitor
from drivers.bench.remote import RemoteBench
from kiosk.ports import Frame
from kiosk.settings import load
from tests.journeys.glass import Glass, x_server
from tests.journeys.sighted import SightedVisitor
from tests.journeys.terminal import running_terminal, until
from tests.journeys.x_pointer import XPointer

_PAUSE = 0.005  # seconds between two looks
_LONGEST = 1.0  # seconds without a change


class XPlace:
    """Finger and eye before an X server; meets `tests.journeys.sighted.Place`."""

    def __init__(self, glass: Glass, pointer: XPointer) -> None:
        self.glass, self._pointer, self._last = glass, pointer, glass.pixels.copy()

    def press(self, x: int, y: int) -> None:
        self._pointer.press(x, y)

    def release(self, x: int, y: int) -> None:
        self._pointer.release()

    def picture(self) -> Frame:
        self._last = self.glass.pixels.copy()
        return self._last.view(np.uint8).reshape(*self._last.shape, 4)[..., 2::-1]

    def await_change(self) -> None:
        until = time.monotonic() + _LONGEST
        while np.array_equal(self.glass.pixels, self._last) and time.monotonic() < until:
            time.sleep(_PAUSE)


class BenchHands:
    """Card, paper and phone of sample visitor `number`; meets `tests.journeys.whole_visit.Hands`."""

    def __init__(self, bench: RemoteBench, number: int) -> None:
        self._bench, self._number = bench, number

    def confirm_mail(self) -> None:
        self._bench.open_mail(1)

    def lay_card(self) -> None:
        self._bench.lay_card(self._number)

    def take_card(self) -> None:
        self._bench.take_card()

    def lay_paper(self) -> None:
        self._bench.lay_paper(0, self._number)

    def take_paper(self) -> None:
        self._bench.take_paper()

    def submissions(self) -> list[str]:
        return [str(number) for number in self._bench.state()["submissions"]]

    def await_submission(self) -> str:
        until(lambda: self.submissions() != [], "a submission")
        (number,) = self.submissions()
        return number


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody who stands before the attract screen, with what they carry."""

    visitor: SightedVisitor
    hands: BenchHands


@contextmanager
def standing_before(
    panel: str, folder: Path, number: int = 1, visits: Callable[..., SightedVisitor] = SightedVisitor
) -> Iterator[Standing]:
    """Sample visitor `number` before a terminal with this panel, on an X server of the panel's size.

    Where something does not come to stand, what stood in its place is left in `folder` beside what ought to.
    """

    def beholds(name: str, shown: Frame | None, right: Frame) -> None:
        if name.startswith("not ") and shown is not None:
            Image.fromarray(np.ascontiguousarray(shown)).save(folder / "shown.png")
            Image.fromarray(right).save(folder / "right.png")

    said = folder / "panel.toml"
    said.write_text(f'[screen]\npanel = "{panel}"\n', "utf-8")
    settings = load(simulate=True, config_file=said)
    with (
        x_server(folder, (settings.panel.width_px, settings.panel.height_px)) as glass,
        running_terminal(glass, "--config", str(said)) as terminal,
        terminal.hands() as bench,
        closing(XPointer(glass.display)) as pointer,
        closing(visits(XPlace(glass, pointer), visitor(number), settings, beholds, feels=True)) as who,
    ):
        yield Standing(who, BenchHands(bench, number))
        pointer.settle()
