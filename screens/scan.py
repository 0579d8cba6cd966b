"""The live view with the paper's outline, one sentence of guidance and its picture, and how much has been gathered.

Where the glass is wide and the text not too large the view stands at the left in full height, else beneath the words.
What is chosen depends on the longest guidance, so that the view never jumps while the guidance changes.
"""

from kiosk.events import Action
from kiosk.views import Chrome, LetterView, ScanView
from kiosk.visit import NOTHING_THERE, Guidance, Sight
from screens.art import Art
from screens.fitting import fits
from screens.frame import framed, primary
from screens.layout import Beside, Column, Element, Kit
from screens.look import Role
from screens.megabytes import megabytes
from screens.nodes import Node
from screens.pieces import Boxed, Photograph, Picture, Text
from screens.reserved import Reserved
from screens.touchables import Button

PICTURES = {
    Guidance.LOOKING: Art.WAITING,
    Guidance.EMPTY_THE_TRAY: Art.CLEAR_TRAY,
    Guidance.LAY_A_PAPER: Art.LAY_PAPER,
    Guidance.NOT_FOUND: Art.PAPER_NOT_FOUND,
    Guidance.CUT_OFF: Art.PAPER_CUT_OFF,
    Guidance.SLIDE_UP: Art.SLIDE_UP,
    Guidance.SLIDE_DOWN: Art.SLIDE_DOWN,
    Guidance.SLIDE_LEFT: Art.SLIDE_LEFT,
    Guidance.SLIDE_RIGHT: Art.SLIDE_RIGHT,
    Guidance.TWO_SHEETS: Art.TWO_SHEETS,
    Guidance.TOO_DARK: Art.PAPER_DARK,
    Guidance.GLARE: Art.PAPER_GLARE,
    Guidance.HAND: Art.PAPER_FINGER,
    Guidance.HOLD_STILL: Art.LAY_PAPER,
    Guidance.READY: Art.DONE,
}
GOOD = {Guidance.HOLD_STILL, Guidance.READY}
WORDS_MM = 82.0


def arrange_scan(view: ScanView, chrome: Chrome, kit: Kit) -> Node:
    """[いま撮る]; a page that lies well is taken by itself."""
    main = primary(kit.say("action.photograph"), Action.PHOTOGRAPH, dim=view.sight.guidance in NOTHING_THERE)
    key = "scan.leaf" if view.leaf > 1 else "scan.title"
    return _live(view.sight, kit.say(key, n=view.ordinal, leaf=view.leaf), _count(view, kit), main, chrome, kit)


def arrange_letter(view: LetterView, chrome: Chrome, kit: Kit) -> Node:
    """[いま読む]; a letter that lies well is read by itself."""
    main = primary(kit.say("action.read_now"), Action.PHOTOGRAPH, dim=view.sight.guidance in NOTHING_THERE)
    kept = Text(kit.say("letter.kept"), Role.QUIET)
    return _live(view.sight, kit.say("letter.title"), kept, main, chrome, kit)


def _live(sight: Sight, title: str, below: Element, main: Button, chrome: Chrome, kit: Kit) -> Node:
    seen = Photograph(None, sight.outline, sight.guidance in GOOD, least=60.0)
    for words in _words(sight, title, below, kit):
        beside = Beside(seen, words, WORDS_MM, grows=True)
        if not kit.look.upright and fits(words, kit, WORDS_MM):
            return framed(kit, chrome, body=beside, main=main)
    small = Photograph(None, sight.outline, sight.guidance in GOOD, least=24.0)
    counted = Column((_guidance(sight, Role.LEAD, kit), seen, below), grows=True)
    return framed(
        kit,
        chrome,
        title=title,
        body=(counted, Column((_guidance(sight, Role.QUIET, kit), small), grows=True)),
        main=main,
    )


def _words(sight: Sight, title: str, below: Element, kit: Kit) -> tuple[Column, ...]:
    head = Text(title, Role.TITLE)
    picture = Picture(PICTURES[sight.guidance], 22.0, 40.0)
    said = _guidance(sight, Role.LEAD, kit)
    return (
        Column((head, said, picture, Boxed(below, padding=3.0))),
        Column((head, said, picture, below)),
        Column((head, said, Boxed(below, padding=3.0))),
        Column((head, said, below)),
        Column((head, said)),
    )


def _guidance(sight: Sight, role: Role, kit: Kit) -> Element:
    possible = tuple(Text(kit.say(f"guidance.{guidance.value}"), role) for guidance in Guidance)
    return Reserved(Text(kit.say(f"guidance.{sight.guidance.value}"), role), possible)


def _count(view: ScanView, kit: Kit) -> Element:
    files = kit.say("scan.files", n=view.files, limit=view.files_limit)
    used = kit.say("scan.megabytes", used=megabytes(view.total_bytes), limit=megabytes(view.bytes_limit))
    return Column((Text(files, Role.QUIET), Text(used, Role.QUIET)), 0.5)
