"""The bench: every simulated device in one place, and the hands that play with them.

What lies here outlives a visit as a real card, a real paper and a real portal do. The terminal reaches it through its
drivers only (APDU, frame, HTTPS); a hand reaches it through the verbs below, from any thread. It knows nothing of the
terminal and stands in a process of its own (`python -m drivers.bench`).
"""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Self

import numpy as np

from drivers.bench.authority import SampleAuthority
from drivers.bench.cables import Cables
from drivers.bench.cases import CardCase
from drivers.bench.over_tray import OverTray
from drivers.bench.papers import A4_MM, Kind, Owner, print_paper
from drivers.bench.people import People, with_number
from drivers.bench.visitors import VISITORS, Visitor
from drivers.camera.simulator import FRAMES_PER_SECOND, SimulatedCamera, SimulatedTray, read_picture
from drivers.camera.tray import Frame
from drivers.card.simulator import SimulatedReader
from drivers.panel.simulator import SimulatedPanel
from drivers.portal.sandbox import Rules, Sandbox

_MAIL_SECONDS = 20.0
_WOOD = (90, 60, 40)
PAPERS = (
    *(Kind.NOTICE, Kind.FORM, Kind.SEAL, Kind.RECEIPT, Kind.DENSE, Kind.FAX),
    *(Kind.TAX_RETURN, Kind.CODED_NOTICE, Kind.IMPOSSIBLE_NOTICE, Kind.CARD_BACK),
)
"""What `lay_paper` lays, by number."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What a hand knows of a paper on the tray."""

    name: str
    degrees: float


class Bench:
    """`with Bench() as bench:`. Visitors are counted from 1, papers from 0; the cards keep their counters until the
    end. The portal keeps what it receives in `store`, or in memory.
    """

    def __init__(
        self,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        store: Path | None = None,
        frames_per_second: float = FRAMES_PER_SECOND,
    ) -> None:
        self.authority = SampleAuthority(now())
        self.reader = SimulatedReader()
        self.tray = SimulatedTray()
        self.over_tray = OverTray(self.tray)
        self.camera = SimulatedCamera(self.tray, frames_per_second)
        self.panel = SimulatedPanel()
        self.people = People(self.authority)
        authority = self.authority
        rules = Rules(self.people.numbers, authority.ca_certificate, lambda: authority.revocations(now()))
        self.portal = Sandbox(rules, now, store)
        self.cables = Cables(
            {
                "reader": (self.reader.unplug, self.reader.plug),
                "camera": (self.tray.unplug, self.tray.plug),
                "panel": (self.panel.unplug, self.panel.plug),
                "network": (self.portal.go_down, self.portal.come_up),
            }
        )
        self._lock = Lock()  # over what follows
        self._papers: tuple[Paper, ...] = ()
        self._slow_seconds = 0.0
        self._running = ExitStack()

    def __enter__(self) -> Self:
        self._running.enter_context(self.portal)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._running.close()

    # --- the card ---------------------------------------------------------------------------------------------------

    def lay_card(self, number: int, case: CardCase = CardCase.FINE) -> None:
        """Lay it on the reader."""
        self.reader.lay(self.people.card(number, case))

    def take_card(self) -> None:
        """Take away what lies on the reader."""
        self.reader.take()

    # --- the papers -------------------------------------------------------------------------------------------------

    def lay_paper(self, paper: int | Path, of_visitor: int = 1, degrees: float = 0.0) -> None:
        """Lay a sample paper with this visitor's numbers, or a picture file of one's own, upon what lies there."""
        if isinstance(paper, Path):
            self.lay_picture(read_picture(paper), paper.name, degrees)
        else:
            kind = PAPERS[paper % len(PAPERS)]
            self._lay(printed(kind, self.people.visitor(of_visitor)), f"{kind.value} of visitor {of_visitor}", degrees)

    def lay_picture(self, pixels: Frame, name: str, degrees: float = 0.0) -> None:
        """Lay a picture of one's own, as long as an A4 paper."""
        self._lay(pixels, name, degrees, dpi=max(pixels.shape[:2]) / A4_MM[1] * 25.4)

    def turn_paper(self, degrees: float) -> None:
        """Turn what lies there, clockwise."""
        self.tray.turn(degrees)
        with self._lock:
            self._papers = tuple(Paper(paper.name, (paper.degrees + degrees) % 360) for paper in self._papers)

    def lay_stick(self) -> None:
        """Lay a wooden stick across the tray, upon what lies there: it has no four corners to be found."""
        self._lay(np.full((10, 200, 3), _WOOD, np.uint8), "a stick", degrees=-46, dpi=25.4)

    def take_paper(self) -> None:
        """Empty the tray."""
        self.tray.take()
        with self._lock:
            self._papers = ()

    @property
    def papers(self) -> tuple[Paper, ...]:
        """What lies on the tray, lowest first."""
        with self._lock:
            return self._papers

    def _lay(self, pixels: Frame, name: str, degrees: float, dpi: float = 300.0) -> None:
        self.tray.lay(pixels, degrees=degrees, dpi=dpi)
        with self._lock:
            self._papers = (*self._papers, Paper(name, degrees % 360))

    # --- the portal -------------------------------------------------------------------------------------------------

    def lose_next_answer(self) -> None:
        """The next submission is received, and the line breaks before its answer."""
        self.portal.lose_answer()

    def slow(self, seconds: float) -> None:
        """The portal answers so much later; 0 ends it."""
        self.portal.slow(seconds)
        with self._lock:
            self._slow_seconds = seconds

    @property
    def slow_seconds(self) -> float:
        """How much later."""
        with self._lock:
            return self._slow_seconds

    # --- the phone --------------------------------------------------------------------------------------------------

    def open_mail(self, number: int = 1) -> str:
        """Wait for the mail with this number, open its link as a phone does, press the button; the code on its page."""
        return self.portal.open_link(self.portal.mailbox.wait_for(number, _MAIL_SECONDS))

    def open_newest_mail(self) -> str | None:
        """The same with the newest mail that has a link; None where there is none yet."""
        mail = next((mail for mail in reversed(self.portal.mailbox.mails()) if mail.links), None)
        return self.portal.open_link(mail) if mail else None

    # --- the cables -------------------------------------------------------------------------------------------------

    def unplug(self, device: str) -> None:
        """Pull the cable of "reader", "camera", "panel" or "network"."""
        self.cables.pull(device)

    def plug(self, device: str) -> None:
        """Put it back."""
        self.cables.put_back(device)


def visitor(number: int) -> Visitor:
    """The sample visitor with this number, 1 to 6."""
    return with_number(VISITORS, number)


@cache
def printed(kind: Kind, who: Visitor) -> Frame:
    """A sample paper of this kind with this visitor's name and numbers."""
    contract = f"{who.contract[:7]}-{who.contract[7:]}" if who.contract else ""
    return print_paper(kind, Owner(who.holder.name, who.receipt, contract))
