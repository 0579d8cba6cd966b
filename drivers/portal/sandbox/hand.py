"""The hand that plays with a sandbox: what it breaks, and what it mends. Every act from any thread."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from msgspec import structs

from drivers.portal.sandbox.faults import SUBMISSIONS, CutAnswer, CutRequest, Fault, Faults
from drivers.portal.sandbox.loopback import LoopbackServer
from drivers.portal.sandbox.mailbox import Mailbox
from drivers.portal.sandbox.office import Office
from drivers.portal.sandbox.opening import Opening
from drivers.portal.sandbox.rules import taking_pdf
from drivers.portal.wire import Refusal


class Hand:
    """The acts; whoever has one opens the office and the door before it is played. `now` is the right time (aware)."""

    mailbox: Mailbox
    _office: Office
    _door: LoopbackServer

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._right_time = now
        self._faults = Faults()

    def clock(self) -> datetime:
        """The portal's time, right or wrong."""
        return self._right_time() + timedelta(seconds=self._faults.clock_error)

    # --- what stands until it is taken back ---------------------------------------------------------------------------

    def go_down(self) -> None:
        """Every connection breaks, and no other is served."""
        self._door.cut_off = True
        self._door.drop_connections()

    def come_up(self) -> None:
        """Serve again."""
        self._door.cut_off = False

    def maintenance(self, on: bool) -> None:
        """Refuse everything and say why; or not any more, and nothing is announced either."""
        with self._office.lock:
            self._office.opening = replace(self._office.opening, shut=True) if on else Opening()

    def announce(self, closes: datetime, reopens: datetime | None = None) -> None:
        """A maintenance that begins, and ends, by itself."""
        with self._office.lock:
            self._office.opening = Opening(self._office.opening.shut, closes, reopens)

    @property
    def opening(self) -> Opening:
        """When the portal is open."""
        with self._office.lock:
            return self._office.opening

    def slow(self, seconds: float) -> None:
        """Answer so much later; 0 ends it."""
        self._faults.slow(seconds)

    def set_clock_wrong(self, seconds: float) -> None:
        """The portal's clock is so far ahead (behind, where negative), with all that goes by it; 0 sets it right."""
        self._faults.clock_error = seconds

    @property
    def clock_error(self) -> float:
        """How far it is ahead, in seconds."""
        return self._faults.clock_error

    def give_number(self, on: bool) -> None:
        """Whether the 申込番号 stands in the answer; it always stands in the mail."""
        with self._office.lock:
            self._office.gives_number = on

    # --- what happens once --------------------------------------------------------------------------------------------

    def plan(self, fault: Fault, path: str = SUBMISSIONS) -> None:
        """It happens to the next request to this path."""
        self._faults.plan(fault, path)

    def cut_after(self, body_bytes: int) -> None:
        """Break the next submission's line when so many bytes of its body have come."""
        self._faults.plan(CutRequest(body_bytes))

    def lose_answer(self) -> None:
        """Receive the next submission and break the line before the answer."""
        self._faults.plan(CutAnswer(0))

    def refuse_mail(self) -> None:
        """The mail server does not take the next mail."""
        self.mailbox.refuse_next()

    def take_pdf(self, wanted: bool) -> None:
        """Papers of several pages are welcome as one PDF file, or not."""
        with self._office.lock:
            self._office.limits = taking_pdf(self._office.limits, wanted)

    def take_bytes(self, most: int) -> None:
        """All files of a submission together may be so large."""
        with self._office.lock:
            self._office.limits = structs.replace(self._office.limits, total_bytes=most)

    def refuse(self, refusal: Refusal) -> None:
        """Refuse the next request that the contract allows to be refused so."""
        self._faults.refuse(refusal)

    def forget_sessions(self) -> None:
        """Every login is over."""
        with self._office.lock:
            self._office.logins.forget_all()

    def forget_registrations(self) -> None:
        """Nobody has registered."""
        self._office.forget_registrations()
