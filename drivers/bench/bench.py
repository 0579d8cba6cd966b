"""The bench: every simulated device in one place, and the hands that play with them.

What lies here outlives a visit as a real card, a real paper and a real portal do. The terminal reaches it through its
drivers only (APDU, frame, HTTPS); a hand reaches it through the verbs below, from any thread. It runs within the
terminal's process for now and knows nothing of the terminal, so that it can move into a process of its own.
"""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import numpy.typing as npt

from drivers.bench.authority import SampleAuthority
from drivers.bench.papers import Kind, Owner, print_paper
from drivers.bench.visitors import VISITORS, CardCase, Visitor, card_of
from drivers.camera.simulator import SimulatedTray
from drivers.camera.tray import Air
from drivers.card.chip import Chip
from drivers.card.simulator import SimulatedReader
from drivers.panel.simulator import SimulatedPanel
from drivers.portal.sandbox import Mail, Rules, Sandbox

_MAIL_SECONDS = 20.0
PAPERS = (Kind.NOTICE, Kind.FORM, Kind.SEAL, Kind.RECEIPT, Kind.DENSE, Kind.FAX)
"""What `lay_paper` lays, by number."""


class Bench:
    """`with Bench() as bench:`. Visitors are counted from 1, papers from 0; the cards keep their counters until the
    end.
    """

    def __init__(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.authority = SampleAuthority(now())
        self.reader = SimulatedReader()
        self.tray = SimulatedTray()
        self.panel = SimulatedPanel()
        numbers = [(visitor.contract, visitor.receipt) for visitor in VISITORS]
        self.portal = Sandbox(Rules(numbers, self.authority.ca_certificate, self.authority.is_revoked), now)
        self._cards: dict[tuple[int, CardCase], Chip] = {}
        self._running = ExitStack()

    def __enter__(self) -> Self:
        self._running.enter_context(self.portal)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._running.close()

    # --- the card ---------------------------------------------------------------------------------------------------

    def card(self, number: int, case: CardCase = CardCase.FINE) -> Chip:
        """The one card of this kind that visitor `number` has; a certificate is made at the first call."""
        key = (number, case)
        if key not in self._cards:
            self._cards[key] = card_of(visitor(number), self.authority, case)
        return self._cards[key]

    def lay_card(self, number: int, case: CardCase = CardCase.FINE) -> None:
        """Lay it on the reader."""
        self.reader.lay(self.card(number, case))

    def take_card(self) -> None:
        """Take away what lies on the reader."""
        self.reader.take()

    # --- the papers -------------------------------------------------------------------------------------------------

    def lay_paper(self, paper: int | Path, of_visitor: int = 1, degrees: float = 0.0) -> None:
        """Lay a sample paper with this visitor's numbers, or a picture file of one's own, upon what lies there."""
        pixels = paper if isinstance(paper, Path) else _printed(PAPERS[paper % len(PAPERS)], of_visitor)
        self.tray.lay(pixels, degrees=degrees)

    def take_paper(self) -> None:
        """Empty the tray."""
        self.tray.take()

    def spoil_light(self, spoilt: bool) -> None:
        """Cloud the lens, or wipe it."""
        self.tray.air(Air(blur_px=9.0) if spoilt else Air())

    # --- the portal -------------------------------------------------------------------------------------------------

    def lose_next_answer(self) -> None:
        """The next submission is received, and the line breaks before its answer."""
        self.portal.lose_answer()

    # --- the phone --------------------------------------------------------------------------------------------------

    def open_mail(self, number: int = 1) -> str:
        """Wait for the mail with this number, open its link as a phone does, press the button; the code on its page."""
        return self.portal.open_link(self.portal.mailbox.wait_for(number, _MAIL_SECONDS))

    def open_newest_mail(self) -> str | None:
        """The same with the newest mail that has a link; None where there is none yet."""
        mail = self._newest_with_link()
        return self.portal.open_link(mail) if mail else None

    def _newest_with_link(self) -> Mail | None:
        return next((mail for mail in reversed(self.portal.mailbox.mails()) if mail.links), None)

    # --- the cables -------------------------------------------------------------------------------------------------

    def unplug(self, device: str) -> None:
        """Pull the cable of "reader", "camera", "panel" or "network"."""
        self._cables[device][0]()

    def plug(self, device: str) -> None:
        """Put it back."""
        self._cables[device][1]()

    @property
    def _cables(self) -> Mapping[str, tuple[Callable[[], None], Callable[[], None]]]:
        return {
            "reader": (self.reader.unplug, self.reader.plug),
            "camera": (self.tray.unplug, self.tray.plug),
            "panel": (self.panel.unplug, self.panel.plug),
            "network": (self.portal.go_down, self.portal.come_up),
        }


def visitor(number: int) -> Visitor:
    """The sample visitor with this number, 1 to 6."""
    if not 1 <= number <= len(VISITORS):
        raise ValueError(f"there are visitors 1 to {len(VISITORS)}")
    return VISITORS[number - 1]


@cache
def _printed(kind: Kind, number: int) -> npt.NDArray[np.uint8]:
    who = visitor(number)
    contract = f"{who.contract[:7]}-{who.contract[7:]}" if who.contract else ""
    return print_paper(kind, Owner(who.holder.name, who.receipt, contract))
