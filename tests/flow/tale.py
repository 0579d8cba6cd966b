"""Stories about `step`: what happens, where the visitor then stands, what is asked for.

A story is a list of such lines, told without devices: answers are given by the story itself, to the request that waits.
"""

from dataclasses import dataclass, field

from kiosk import events as on
from kiosk.effects import Effect
from kiosk.events import Action, Event, Result, Tapped
from kiosk.flow.attract import begin
from kiosk.flow.transitions import Node, node, step
from kiosk.states import Asking, AwaitingMail, Covering, Notice, PageCheck, Rules, Settling, State, Submitting, Wiping
from kiosk.visit import Box, CardPlace, Health, Page, Ticket

NOTICE = Notice("見本の運営者", "見本の会場", "03-0000-0000", "添付資料の再提出")
ORDER = (3, 1, 4, 5, 9, 2, 6, 8, 7, 0)


@dataclass
class Tale:
    """A visit that is being told."""

    rules: Rules = field(default_factory=lambda: Rules(NOTICE))
    card: CardPlace = CardPlace.ABSENT
    state: State = field(init=False)
    effects: list[Effect] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.state = begin(1, self.rules, Health(), self.card, ORDER)

    def happens(self, *events: Event | Action) -> "Tale":
        """One thing after the other."""
        for event in events:
            came = step(self.state, Tapped(event) if isinstance(event, Action) else event)
            self.state = came.state
            self.effects += came.effects
        return self

    def typed(self, text: str) -> "Tale":
        """Key by key."""
        return self.happens(*(on.KeyTapped(key) for key in text))

    def digits(self, text: str) -> "Tale":
        """On the password keypad."""
        return self.happens(*(on.DigitTapped(int(digit)) for digit in text))

    def answered(self, result: Result) -> "Tale":
        """The request that the visit waits for is answered."""
        ticket = self.waits_for
        assert ticket is not None, f"nothing is asked at {self.state.stage}"
        return self.happens(on.Answered(ticket, result))

    def found(self, *suspected: Box) -> "Tale":
        """The page that is being looked through has been: this looks like a My Number."""
        page = next(page for page in self._pages if page.reading)
        assert page.reading is not None
        return self.happens(on.Answered(page.reading, on.PageRead(suspected, page.turns)))

    def has_turned(self, width: int = 3508, height: int = 2480) -> "Tale":
        """The page that is being turned has been."""
        page = next(page for page in self._pages if page.turning)
        assert page.turning is not None
        return self.happens(on.Answered(page.turning, on.PageTurned(width, height)))

    @property
    def _pages(self) -> tuple[Page, ...]:
        stage = self.state.stage.of if isinstance(self.state.stage, Covering) else self.state.stage
        return (*((stage.page,) if isinstance(stage, PageCheck) else ()), *self.state.dossier.pages)

    def stands(self, place: Node) -> "Tale":
        """Check where the visitor is."""
        assert node(self.state.stage) is place, f"{self.state.stage}, not {place}"
        return self

    def wants(self, *kinds: type) -> "Tale":
        """Check what has been wanted since the last look, in order."""
        assert [type(effect) for effect in self.effects] == list(kinds)
        self.effects.clear()
        return self

    def forget(self) -> "Tale":
        """What has been wanted so far does not matter here."""
        self.effects.clear()
        return self

    @property
    def waits_for(self) -> Ticket | None:
        """The ticket whose answer would be accepted."""
        match self.state.stage:
            case Asking(ticket=ticket) | Submitting(ticket=ticket) | Wiping(ticket=ticket):
                return ticket
            case AwaitingMail(asked=asked) | Settling(asked=asked):
                return asked
            case _:
                return None
