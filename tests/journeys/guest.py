"""A visitor before a terminal in other processes, who touches where the targets are painted.

Who visits keeps a second glass of their own: the same pure rules and window, fed with the same touches, so that
it shows where every target is. What the terminal does is heard from its journal alone.
"""

import re
import time
from collections.abc import Callable
from http.client import HTTPConnection
from urllib.parse import urlsplit

import msgspec
import pygame

from drivers.bench.bench import visitor
from drivers.bench.remote import RemoteBench
from drivers.bench.visitors import Visitor
from drivers.portal import wire
from drivers.portal.sandbox.rules import sample_terms
from kiosk import events as on
from kiosk.events import Action, Event, Tapped
from kiosk.flow.views import view
from kiosk.ports import Frame
from kiosk.settings import load
from kiosk.shell.current_pictures import CurrentPictures
from kiosk.visit import Document, Guidance, Limits, Page, Sight, Terms, Tries
from kiosk.walk.finger import FingeredWindow
from kiosk.walk.walker import Spot
from kiosk.wiring import rules_of
from screens.opening import open_window
from tests.flow.tale import Tale
from tests.flow.world import ATTRIBUTES, DEADLINE
from tests.journeys.terminal import Terminal, parent_of, until
from tests.screens.samples import FRAMED

_SETTLED = 0.5  # seconds after which a new picture takes touches
_OTHER_KEYS = 1.0  # the same for keys, of which no journal tells that they stand there
_GLANCE = 0.5  # seconds after which it is looked whether the visit is still there
_LAST_WORDS = 2.0  # seconds that lines of a process that has ended may still be under way
_HEARD = 3.0  # seconds in which a touch is journaled, or it is made again


def _terms() -> Terms:
    """What the sandbox portal asks to be read."""
    limits = Limits()
    answer = sample_terms(wire.LimitsAnswer(limits.files, limits.total_bytes))
    return Terms(answer.version, tuple(Document(said.title, said.body) for said in answer.documents), limits)


class VisitGoneError(Exception):
    """Who came next must not be touched."""


class Guest:
    """Sample visitor `number`, or `who` was invited with this number; `parts` are what they do, one after the other.

    Who finds that the visit's process has ended gets a `VisitGoneError`.
    """

    def __init__(self, terminal: Terminal, hands: RemoteBench, number: int = 1, who: Visitor | None = None) -> None:
        self.terminal, self.hands, self.number = terminal, hands, number
        self.who = who or visitor(number)
        self.visit = terminal.visit_number()
        self._process = terminal.visits()[0]
        self._settings = load(simulate=True)
        self._tale = Tale(rules_of(self._settings))
        self._window = FingeredWindow(open_window(self._settings, CurrentPictures(), impatience=0))
        address = urlsplit(msgspec.json.decode((terminal.bench_folder / "page.json").read_bytes())["url"])
        self._page = HTTPConnection(address.hostname or "", address.port)
        self._page.request("GET", "/")
        page = self._page.getresponse().read().decode()
        token = re.search(r'name="bench-token" content="([^"]+)"', page)
        assert token is not None
        self._token = token[1]
        self._show()
        time.sleep(_SETTLED)

    def close(self) -> None:
        """Go."""
        self._page.close()
        self._window.close()
        pygame.quit()

    def picture(self) -> Frame:
        """What must stand on the terminal's glass now."""
        return self._window.picture()

    def tidy(self) -> None:
        """Take everything away that was laid."""
        self.hands.take_card()
        self.hands.take_paper()

    # --- what a visitor does ----------------------------------------------------------------------------------------

    @property
    def parts(self) -> tuple[Callable[[], None], ...]:
        """From the attract screen to the paper photographed and kept."""
        return (self.begin, self.read_notice, self.register, self.confirm_mail, self.use_card, self.give_numbers,
                self.lay_paper, self.keep_page)  # fmt: skip

    def begin(self) -> None:
        """START."""
        self._tap(Action.START, "Preparation")

    def turn_back(self) -> None:
        """戻る, before anything was entered."""
        self._tap(Action.BACK)
        assert self._hears(" ended LEFT$"), "the visit did not end"

    def read_notice(self) -> None:
        """To the first field."""
        self._tap(Action.NEXT, "NoticeShown", on.TermsGot(_terms()))
        self._tap(Action.NEXT, "AddressEntry")

    def register(self) -> None:
        """The address, twice, and the consent."""
        self._type(self.who.mail, "AddressAgain")
        self._type(self.who.mail, "Consent")
        self._tap(Action.AGREE)
        self._tap(Action.NEXT, "MailExplained", on.Registered(DEADLINE))
        self._tap(Action.CLOSE, "AwaitingMail")

    def confirm_mail(self) -> None:
        """On the phone."""
        self.hands.open_newest_mail()
        self._then("AwaitingCard", on.RegistrationSeen(confirmed=True))

    def use_card(self) -> None:
        """Lay it, both passwords, take it; who the visitor is stands on the glass afterwards."""
        self.hands.lay_card(self.number)
        self._tale.happens(on.CardLaid())
        self._then("CardReady", on.CardInspected(Tries(3, 3)))
        self._tap(Action.NEXT, "PasswordEntry")
        self._digits(self.who.authentication_password)
        self._tap(Action.NEXT, "ReadOffer", on.ChallengeGot(b"n"), on.Signed(b"c", b"s"), on.LoggedIn())
        self._tap(Action.NEXT, "PasswordEntry")
        self._digits(self.who.attributes_password)
        self._tap(Action.NEXT, "TakingCard", on.AttributesRead(ATTRIBUTES), on.TracesCovered())
        self.hands.take_card()
        self._tale.happens(on.CardTaken())
        self._then("Identity")

    def give_numbers(self) -> None:
        """To the live view."""
        self._tap(Action.NEXT, "ApplicantChoice", on.AttributesAccepted())
        self._tap(Action.CONTRACTOR, "ContractEntry")
        self._type(self.who.contract, "ReceiptEntry")
        self._type(self.who.receipt.replace("-", ""), "Scanning", on.NumbersAccepted())

    def lay_paper(self) -> None:
        """One, beneath the camera."""
        self.hands.lay_paper(0, self.number)

    def keep_page(self) -> None:
        """When it has been photographed."""
        self._tale.happens(on.TraySeen(Sight(Guidance.LAY_A_PAPER)), on.TraySeen(Sight(Guidance.READY)))
        self._then("PageCheck", on.Photographed(Page(1, 2480, 3508, 900_000), FRAMED))
        self._tap(Action.KEEP, "Papers")

    def review(self) -> None:
        """See everything once more; the files are ready to be sent."""
        self._tap(Action.NEXT, "Review", on.Packed((Page(1, 2480, 3508, 700_000),)))

    def hand_in(self) -> None:
        """To the end of the visit."""
        self._tap(Action.SUBMIT, "Done", on.Submitted("1"), on.Wiped())
        self.hands.take_paper()
        self._tap(Action.FINISH)
        assert self._hears(" ended COMPLETED$"), "the visit did not end"

    # --- fingers and ears -------------------------------------------------------------------------------------------

    def _show(self) -> None:
        state = self._tale.state
        self._window.show(view(state), state.preferences, None)

    def _type(self, text: str, stage: str, *answers: on.Result) -> None:
        for character in text:
            self._touch(on.KeyTapped(character))
        self._tap(Action.NEXT, stage, *answers)

    def _digits(self, digits: str) -> None:
        for digit in digits:
            self._touch(on.DigitTapped(int(digit)))

    def _tap(self, action: Action, stage: str = "", *answers: on.Result) -> None:
        """Touch until it is heard, and go on when the terminal has come to `stage`."""
        line = f" event Tapped {action.name}$"
        heard, there = self._count(line), self._count(f" stage {stage}$")
        spot = self._reached(Tapped(action))
        for _ in range(5):
            self._finger(spot.x, spot.y)
            if self._hears(line, heard + 1, _HEARD):
                break
        else:
            raise AssertionError(f"{action.name} was not heard")
        self._tale.happens(action)
        if stage:
            self._then(stage, *answers, after=there)
        self._show()

    def _reached(self, means: on.Event) -> Spot:
        """Where it is; a page longer than the glass is seen to its end first."""
        while True:
            spots = self._window.spots()
            spot = next((spot for spot in spots if spot.means == means), None)
            if spot is not None:
                return spot
            further = next(spot for spot in spots if spot.repeats)
            self._finger(further.x, further.y)
            self._mirror(further.x, further.y)
            time.sleep(_OTHER_KEYS)

    def _then(self, stage: str, *answers: on.Result, after: int | None = None) -> None:
        count = 1 if after is None else after + 1
        assert self._hears(f" stage {stage}$", count), f"{stage} was not reached"
        for answer in answers:
            self._tale.answered(answer)
            if isinstance(answer, on.Photographed):
                self._tale.found()
        assert type(self._tale.state.stage).__name__ == stage
        self._show()
        time.sleep(_SETTLED)

    def _touch(self, means: Event) -> None:
        """A key, whose like may be on another layer of the keyboard."""
        for _ in range(4):
            spots = self._window.spots()
            spot = next((spot for spot in spots if spot.means == means), None)
            if spot is not None:
                self._finger(spot.x, spot.y)
                self._mirror(spot.x, spot.y)
                self._tale.happens(means)
                self._show()
                if {spot.means for spot in self._window.spots()} != {spot.means for spot in spots}:
                    time.sleep(_OTHER_KEYS)
                return
            layer = next(spot for spot in spots if spot.leads_on)
            self._finger(layer.x, layer.y)
            self._mirror(layer.x, layer.y)
            time.sleep(_OTHER_KEYS)  # a key beneath the same finger is not taken at once
        raise AssertionError(f"no key means {type(means).__name__}")

    def _mirror(self, x: int, y: int) -> None:
        self._window.touch(x, y)
        self._window.wait(0)

    def _finger(self, x: int, y: int) -> None:
        for down in (True, False):
            said = msgspec.json.encode({"x": x, "y": y, "down": down})
            until(lambda said=said: self._posted(said), "a glass that takes touches")  # type: ignore[misc]

    def _posted(self, touch: bytes) -> bool:
        self._stay()
        self._page.request("POST", "/touch", touch, {"X-Bench-Token": self._token})
        answer = self._page.getresponse()
        answer.read()
        return answer.status == 204

    def _hears(self, line: str, count: int = 1, seconds: float = 60.0) -> bool:
        heard, deadline = self.terminal.journal.await_line, time.monotonic() + seconds
        while not heard(f" visit {self.visit}{line}", count, _GLANCE):
            if parent_of(self._process) is None and heard(f" visit {self.visit}{line}", count, _LAST_WORDS):
                return True  # the last that it said
            self._stay()
            if time.monotonic() > deadline:
                return False
        return True

    def _stay(self) -> None:
        if parent_of(self._process) is None:
            raise VisitGoneError

    def _count(self, line: str) -> int:
        return self.terminal.journal.count(f" visit {self.visit}{line}")
