"""One walk from end to end: house, window and story put together before a bench, and what came of it."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import msgspec

from drivers.bench.remote import SlipError
from kiosk.portal_opening import at_door, door_at
from kiosk.ports import Closed
from kiosk.settings import Settings
from kiosk.shell.clock import Clock
from kiosk.shell.current_pictures import CurrentPictures
from kiosk.shell.journal import Journal
from kiosk.shell.switchboard import Switchboard
from kiosk.shell.terminal import Beginning, Onlookers, Terminal
from kiosk.visit import Ending, Language
from kiosk.walk.album import Album, Outcome
from kiosk.walk.finger import FingeredWindow
from kiosk.walk.hands import hands
from kiosk.walk.own_hands import OwnHands
from kiosk.walk.parts import Walker
from kiosk.walk.stories import STORIES, VISITORS
from kiosk.walk.walker import Walk, WalkingGlass
from kiosk.wiring import at_bench, furnish
from screens.opening import open_window


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be walked. `visitor` None: the story's own."""

    story: str
    language: Language
    visitor: int | None
    out: Path


def walk(
    settings: Settings,
    wish: Wish,
    bench: Path,
    clock: Clock,
    journal: Journal,
    state_dir: Path,
    line: Switchboard,
    tell: Callable[[str], None],
) -> Outcome:
    """Walk the story on the devices of the bench whose sockets are in this folder; `ok` says whether it ended where it
    should. `line` may break it off.
    """
    screen = msgspec.structs.replace(settings.screen, fullscreen=False)
    settings = msgspec.structs.replace(settings, screen=screen)
    number = wish.visitor or VISITORS.get(wish.story, 1)
    outcome = Outcome(wish.story, wish.language.value, settings.screen.panel, settings.screen.text_size, number)
    pictures = CurrentPictures()
    with OwnHands(bench) as remote, ExitStack() as end:
        going = Walk(STORIES[wish.story](_walker(remote, number, wish.language)))
        window = FingeredWindow(open_window(settings, pictures, impatience=0))  # the walker knows what stands there
        end.callback(window.close)
        album = Album(wish.out, window.picture, clock.monotonic)
        pair = end.enter_context(hands(lambda error: glass.fail(f"a hand slipped: {type(error).__name__}")))
        glass = WalkingGlass(window, going, remote, pair, album, tell, clock.monotonic)
        house = furnish(at_door(settings, door_at(bench)), at_bench(bench), clock, journal, state_dir)
        serve_in_turn(Terminal(house, glass, pictures, line, Onlookers(seen=glass.seen)))
        numbers = _received(remote, glass)
        outcome.received = len(numbers)
        outcome.number = numbers[0] if numbers else None
        outcome.ended = going.ended.value if going.ended else None
        outcome.reason = _reason(going, glass, outcome)
        outcome.ok = not outcome.reason
        album.close(outcome)
    return outcome


def serve_in_turn(terminal: Terminal) -> None:
    """One visit after the other in this process, until the terminal is to close: so a walk sees who comes next."""
    outcome: Ending | Closed = Ending.COMPLETED
    beginning = Beginning()
    while not isinstance(outcome, Closed):
        outcome, beginning = terminal.serve(beginning)


def _walker(bench: OwnHands, number: int, language: Language) -> Walker:
    who = bench.visitors()[number - 1]
    authentication, attributes = who["passwords"]
    return Walker(number, language, who["mail"], who["contract"], who["receipt"], (authentication, attributes))


def _received(bench: OwnHands, glass: WalkingGlass) -> list[str]:
    try:
        return bench.received()
    except SlipError as error:
        glass.fail(str(error))
        return []


def _reason(walk: Walk, glass: WalkingGlass, outcome: Outcome) -> str:
    """Why it did not go as it should; empty where it did."""
    if walk.failure:
        return walk.failure
    if not walk.over:
        return "it was broken off"
    if walk.ended is not walk.story.ending:
        return f"it should have ended as {walk.story.ending.value}"
    if outcome.received != int(walk.story.submits):
        return f"the portal received {outcome.received} submissions"
    if walk.story.submits and glass.number_shown != outcome.number:
        return "the number on the glass is not the one in the portal's store"
    return ""
