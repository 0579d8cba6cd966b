"""The story of everything that a paper, and all papers together, may be refused for, and of what mends it.

What spoils a photograph is done to the tray and its light, the limit in bytes is the portal's: nothing is told but what
the terminal has found out by itself. PHOTO_SLOW cannot come here, as a simulated camera that does not answer is a lost
one sooner than the visitor has waited too long.
"""

from dataclasses import dataclass

from kiosk.events import Action, Item
from kiosk.failures import Failure
from kiosk.views import AttractView, PageCheckView, PageLookView, PapersView, ReviewView, ScanView, TroubleView
from kiosk.visit import Ending, Guidance
from kiosk.walk.parts import Legs, Walker, card, give_numbers, home, papers, register
from kiosk.walk.story import Hand, Leg, Place, Story, at, tap, tap_item


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A reason to refuse a photograph: what the hands do, and undo; what the live view says before somebody presses the
    button all the same (None: nothing that it could see).
    """

    says: str
    failure: Failure
    does: tuple[Hand, ...]
    mends: tuple[Hand, ...]
    guidance: Guidance | None = None


def hand(*lines: str) -> tuple[Hand, ...]:
    """What the hands do, each a line of their language."""
    return tuple(map(_said, lines))


def _said(line: str) -> Hand:
    return Hand(lambda hands: hands.say(*line.split()))


PAPER = hand("lay-paper 0")
SPOILT = (
    Spoilt("it is blurred", Failure.PAGE_BLURRED, (*PAPER, *hand("spoil-light on")), hand("spoil-light off")),
    Spoilt("it is dark", Failure.PAGE_DARK, hand("dim-lamp on"), hand("dim-lamp off"), Guidance.TOO_DARK),
    Spoilt("a shadow lies on it", Failure.PAGE_DARK, hand("cast-shadow on"), hand("cast-shadow off")),
    Spoilt("a lamp is mirrored", Failure.PAGE_GLARE, hand("mirror-lamp on"), hand("mirror-lamp off"), Guidance.GLARE),
    Spoilt("it moves", Failure.PAGE_MOVED, hand("shake-paper on"), hand("shake-paper off"), Guidance.HOLD_STILL),
    Spoilt("its empty side is up", Failure.PAGE_BLANK, hand("turn-over"), hand("turn-over")),
    Spoilt("a hand lies on it", Failure.PAGE_FINGER, hand("reach-in on"), hand("reach-in off"), Guidance.HAND),
    Spoilt("an edge is cut off", Failure.PAGE_CUT_OFF, hand("slide-paper 150 0"), (), Guidance.SLIDE_LEFT),
    Spoilt(
        "two papers lie there",
        Failure.TWO_SHEETS,
        hand("slide-paper -230 0", "lay-paper receipt 20"),
        hand("take-paper"),
        Guidance.TWO_SHEETS,
    ),
    Spoilt("it is a stick", Failure.PAGE_NOT_FOUND, hand("lay-stick"), hand("take-paper"), Guidance.NOT_FOUND),
    Spoilt("it is a My Number Card", Failure.PAGE_MY_NUMBER_CARD, hand("lay-paper card-back"), hand("take-paper")),
)
"""One after the other, each where the last one was mended."""

TIGHT_BYTES = 900_000
"""Four of the sample papers and the large print fit in, four of them and the small print do not."""
MANUAL_BYTES = 10_000_000


def refusals(who: Walker) -> Story:
    """Five papers, and on the way a photograph refused for each reason, and all papers for their size."""
    lose = Leg("pull the camera's cable", _EMPTY, hand("unplug camera"))
    told = at(TroubleView, lambda view: view.failure is Failure.CAMERA_LOST)
    legs: Legs = (
        Leg("let the portal take little", at(AttractView), hand(f"take-bytes {TIGHT_BYTES}")),
        *register(who),
        *card(who),
        *give_numbers(who),
        lose,
        Leg("be told: the camera is lost", told, hand("plug camera")),
        *refused(SPOILT),
        *papers(who, 5),
        *_too_large(who),
        Leg("hand everything in", at(ReviewView), (*hand(f"take-bytes {MANUAL_BYTES}"), tap(Action.SUBMIT))),
        *home(),
    )
    return Story(legs, Ending.COMPLETED, submits=True)


def refused(reasons: tuple[Spoilt, ...]) -> Legs:
    """A photograph refused for each, from an empty tray on."""
    legs: Legs = (Leg(f"lay a paper: {reasons[0].says}", _EMPTY, reasons[0].does),)
    for spoilt, following in zip(reasons, (*reasons[1:], None), strict=True):
        then = () if following is None else following.does
        if spoilt.guidance is not None:
            pressed = _sight(spoilt.guidance)
            legs += (Leg(f"{spoilt.says}: photograph it all the same", pressed, (tap(Action.PHOTOGRAPH),)),)
        legs += (Leg(f"be told: {spoilt.says}", _told(spoilt.failure), (*spoilt.mends, *then, tap(Action.RETRY))),)
    return legs


def _too_large(who: Walker) -> Legs:
    """Five papers are all that the portal takes, and more than its bytes: the largest is exchanged for another."""
    exceeded = at(TroubleView, lambda view: view.failure is Failure.BUDGET_EXCEEDED and view.page == 5)
    full = at(PapersView, lambda view: len(view.pages) == view.files_limit and not view.add)
    return (
        Leg("be told which paper is too large", exceeded, (tap(Action.RETRY),)),
        Leg("look at it, as no other can be added", full, (tap_item(Item.LOOK, 4),)),
        Leg("photograph another in its place", at(PageLookView), (tap(Action.RETAKE),)),
        Leg("take it away", _sight(Guidance.EMPTY_THE_TRAY), hand("take-paper")),
        Leg("lay a smaller one", _EMPTY, (Hand(lambda hands: hands.lay_paper(5, who.number)),)),
        Leg("keep the picture", at(PageCheckView), (tap(Action.KEEP),)),
        Leg("these are all", full, (tap(Action.NEXT),)),
    )


def _told(failure: Failure) -> Place:
    return at(TroubleView, lambda view: view.failure is failure)


def _sight(guidance: Guidance) -> Place:
    return at(ScanView, lambda view: view.sight.guidance is guidance)


_EMPTY = _sight(Guidance.LAY_A_PAPER)
