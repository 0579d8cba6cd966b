"""What a handler answers with, and the few moves that all handlers share.

A handler takes a state and an event and returns a `Step`. It builds it with the verbs here: `stay`, `go`, `ask` and
`go_home`. Requests get their ticket from the state's own serial, so that every ticket of a visit is used once and a
late answer fits nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from kiosk.effects import Effect, Wipe
from kiosk.states import Asking, Done, FateOpen, Question, Stage, State, Wiping
from kiosk.visit import Dossier, Ending, Ticket, Tray


@dataclass(frozen=True, slots=True)
class Step:
    """The next state, and what it wants done now, in this order."""

    state: State
    effects: tuple[Effect, ...] = ()


def stay(state: State) -> Step:
    """Nothing to do."""
    return Step(state)


def go(state: State, stage: Stage, *effects: Effect) -> Step:
    """To another stage (or another form of the same one)."""
    return Step(replace(state, stage=stage), effects)


def with_dossier(state: State, **changes: object) -> State:
    """The state with entries of its dossier replaced."""
    return replace(state, dossier=replace(state.dossier, **changes))  # type: ignore[arg-type]  # names are checked by replace


def draw_ticket(state: State) -> tuple[State, Ticket]:
    """A ticket that this visit has not used yet."""
    return replace(state, next_serial=state.next_serial + 1), Ticket(state.visit, state.next_serial)


def ask(state: State, question: Question, origin: Stage, request: Callable[[Ticket], Effect]) -> Step:
    """Make a request and wait for it; a failure leads back to `origin`."""
    state, ticket = draw_ticket(state)
    return go(state, Asking(question, ticket, origin), request(ticket))


def go_home(state: State, ending: Ending, then: Done | FateOpen | None = None) -> Step:
    """Forget everything, then `then` or the end."""
    given = bool(state.dossier.address) and ending is not Ending.TIMED_OUT
    state, ticket = draw_ticket(state)
    tray = Tray.EMPTY if state.tray is Tray.EMPTY else Tray.UNSEEN
    state = replace(state, dossier=Dossier(), sheet=None, tray=tray)
    return go(state, Wiping(ticket, ending, then, given), Wipe(ticket))
