"""The live view with the paper's outline, one sentence of guidance and its picture, and how much has been gathered.

Where the glass is wide and the text not too large the view stands at the left in full height. Else the words stand
above it, and the picture beside it, on an upright glass beside the words. What is chosen depends on the longest
guidance, so that the view never jumps while the guidance changes.
"""

from collections.abc import Iterator, Sequence
from itertools import product

from kiosk.events import Action
from kiosk.views import Chrome, LetterView, ScanView
from kiosk.visit import NOTHING_THERE, Guidance, Sight
from screens.art import Art
from screens.frame import framed, primary
from screens.layout import Beside, Column, Element, Fixed, Kit, Row
from screens.look import Face, Role, Tone
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
WORDS_MM = (82.0, 96.0)

Head = tuple[Text, Role, Face]
"""What stands first, and the letters of the guidance below it."""

Said = tuple[Element, Element]


def arrange_scan(view: ScanView, chrome: Chrome, kit: Kit) -> Node:
    """[いま撮る]; a page that lies well is taken by itself. The guidance is the title."""
    main = primary(kit.say("action.photograph"), Action.PHOTOGRAPH, dim=view.sight.guidance in NOTHING_THERE)
    key = "scan.leaf" if view.leaf > 1 else "scan.title"
    called = Text(kit.say(key, n=view.ordinal, leaf=view.leaf), Role.QUIET, tone=Tone.QUIET_INK)
    files = kit.say("scan.files", n=view.files, limit=view.files_limit)
    taken, whole = megabytes(view.total_bytes), megabytes(view.bytes_limit)
    used = kit.say("scan.megabytes", used=taken, limit=whole)
    short = kit.say("papers.total_short", n=view.files, limit=view.files_limit, used=taken, whole=whole)
    counts = [Column((Text(files, role), Text(used, role)), 0.5) for role in (Role.QUIET, Role.SMALL)]
    heads = [(called, role, Face.BOLD) for role in (Role.TITLE, Role.LEAD, Role.QUIET)]
    return _live(view.sight, heads, (*counts, Text(short, Role.SMALL)), main, chrome, kit)


def arrange_letter(view: LetterView, chrome: Chrome, kit: Kit) -> Node:
    """[いま読む]; a letter that lies well is read by itself. What becomes of the picture is said at every size."""
    main = primary(kit.say("action.read_now"), Action.PHOTOGRAPH, dim=view.sight.guidance in NOTHING_THERE)
    title = kit.say("letter.title")
    kept = [Text(kit.say("letter.kept"), role) for role in (Role.QUIET, Role.SMALL)]
    sizes = ((Role.TITLE, Role.LEAD), (Role.LEAD, Role.QUIET), (Role.QUIET, Role.QUIET))
    heads = [(Text(title, big, Face.BOLD), low, Face.TEXT) for big, low in sizes]
    return _live(view.sight, heads, kept, main, chrome, kit)


def _live(
    sight: Sight, heads: Sequence[Head], below: Sequence[Element], main: Button, chrome: Chrome, kit: Kit
) -> Node:
    said = [_said(head, sight, kit) for head in heads]
    choices = _upright(sight, said, below, kit) if kit.look.upright else _wide(sight, said, below)
    return framed(kit, chrome, body=tuple(choices), main=main)


def _wide(sight: Sight, said: Sequence[Said], below: Sequence[Element]) -> Iterator[Element]:
    """Rather somewhat smaller words than a picture in which nothing is seen, rather a small view than small words."""
    great, middle, small = said

    def beside(said: Said, least: float) -> Iterator[Element]:
        for last, wide in product((Boxed(below[0], padding=3.0), *below), WORDS_MM):
            words = Column((*said, _picture(sight, least), last))
            yield Beside(_seen(sight, 60.0), words, wide, grows=True)

    def above(said: Said, least: float) -> Iterator[Element]:
        for last in below:
            shown = Row((_seen(sight, least), Column((_picture(sight, 18.0), last), grows=True)), 6.0, grows=True)
            yield Column((*said, shown), grows=True)

    yield from (*beside(great, 28.0), *beside(middle, 28.0), *beside(middle, 18.0))
    yield from (*above(great, 40.0), *above(middle, 40.0), *beside(small, 18.0), *above(small, 30.0))


def _upright(sight: Sight, said: Sequence[Said], below: Sequence[Element], kit: Kit) -> Iterator[Element]:
    """The picture beside the words, or beneath the view where large words need the whole width."""
    for each, least, last in product(said, (80.0, 60.0), below):
        words, seen = Column(each), _seen(sight, least)
        beside = Row((words, Fixed(_picture(sight, 30.0), 34.0)), 4.0, (1, 0), centred=False)
        if not kit.look.large:
            yield Column((beside, seen, last), grows=True)
        yield Column((words, seen, Row((last, Fixed(_picture(sight, 26.0), 34.0)), 4.0, (1, 0))), grows=True)
        if kit.look.large:
            yield Column((beside, seen, last), grows=True)


def _seen(sight: Sight, least: float) -> Photograph:
    return Photograph(None, sight.outline, sight.guidance in GOOD, least=least)


def _picture(sight: Sight, least: float) -> Picture:
    return Picture(PICTURES[sight.guidance], least, 40.0)


def _said(head: Head, sight: Sight, kit: Kit) -> Said:
    """The guidance takes the place of the longest one."""
    called, role, face = head
    possible = tuple(Text(kit.say(f"guidance.{guidance.value}"), role, face) for guidance in Guidance)
    return called, Reserved(Text(kit.say(f"guidance.{sight.guidance.value}"), role, face), possible)
