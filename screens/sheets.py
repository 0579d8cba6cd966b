"""What lies over a stage: language, display, staff, 中止, "are you still there?", help."""

from itertools import product

from kiosk.events import Action, LanguageChosen, Tapped, TextSizeChosen
from kiosk.views import Chrome, DisplayView, HelpTopic, HelpView, LanguageView, LeaveView, StaffView, StillThereView
from kiosk.visit import Language, TextSize
from screens.art import Art
from screens.frame import framed, primary
from screens.header import NameStrip
from screens.layout import Beside, Column, Element, Kit, Row, grid
from screens.look import Face, Role
from screens.nodes import Node
from screens.pieces import Align, Boxed, Picture, Text
from screens.switch import Switch
from screens.touchables import Button

SHEET = Chrome(None, back=False, cancel=False)
HELP_PICTURES = {
    HelpTopic.CONTRACT_NUMBER: Art.CONTRACT_CERTIFICATE,
    HelpTopic.RECEIPT_NUMBER: Art.RECEIPT_LETTER,
    HelpTopic.AUTHENTICATION_PASSWORD: Art.SLIP_FIRST,
    HelpTopic.ATTRIBUTES_PASSWORD: Art.SLIP_SECOND,
}


def _bare(kit: Kit) -> NameStrip:
    """A header without buttons: what they open lies here already."""
    return NameStrip(kit.say("terminal.name"), Row(()))


def _above(words: Element, art: Art) -> tuple[Element, ...]:
    """With a picture beneath where it has room."""
    return Column((words, Picture(art, 24.0, 44.0)), 4.0, grows=True), words


def arrange_language(view: LanguageView, kit: Kit) -> Node:
    """One large button a language, in its own words."""
    buttons = tuple(
        Button(_in_a_line(kit, each), LanguageChosen(each), high=30.0, chosen=each is view.chosen)
        for each in view.languages
    )
    return framed(
        kit,
        SHEET,
        title=kit.say("language.title").replace(" / ", "\n"),
        body=grid(buttons, 1 if kit.look.upright else 3, 4.0),
        main=primary(kit.say("action.close"), Action.CLOSE),
        top=_bare(kit),
    )


def _in_a_line(kit: Kit, language: Language) -> str:
    """Its name; the header has no room for it on one line, the sheet has."""
    return kit.say(f"language.{language.value}").replace("\n", " " if kit.look.upright else "\n")


def arrange_display(view: DisplayView, kit: Kit) -> Node:
    """Everything about the glass, shown at once as it will be."""
    wanted = view.preferences
    switches = (
        (Action.HIGH_CONTRAST, wanted.high_contrast),
        (Action.REDUCED_MOTION, wanted.reduced_motion),
        (Action.CONTROLS_LOW, wanted.controls_low),
        (Action.TAKE_YOUR_TIME, wanted.take_your_time),
    )
    leave = Button(kit.say("action.cancel"), Tapped(Action.CANCEL), high=20.0) if view.cancel else None
    upright, large = kit.look.upright, kit.look.large
    bodies = []
    for high, gap in ((20.0, 5.0), (19.0, 3.0), (18.0, 3.0), (17.0, 3.0), (15.0, 3.0)):
        sizes = tuple(_size(kit, size, high, chosen=size is wanted.text_size) for size in TextSize)
        toggles = tuple(_switch(kit, action, high, on=on) for action, on in switches)
        named = Column((Text(kit.say("display.sizes"), Role.QUIET), grid(sizes, 2 if upright or large else 4)))
        bodies.append(Column((named, grid(toggles, 1 if upright or (large and kit.look.ampleness <= 1.0) else 2)), gap))
    return framed(
        kit,
        SHEET,
        title=kit.say("display.title"),
        body=bodies,
        left=leave,
        main=primary(kit.say("action.close"), Action.CLOSE),
        top=_bare(kit),
    )


def _size(kit: Kit, size: TextSize, high: float, *, chosen: bool) -> Element:
    return Button(kit.say(f"display.size.{size.name.lower()}"), TextSizeChosen(size), high=high, chosen=chosen)


def _switch(kit: Kit, action: Action, high: float, *, on: bool) -> Element:
    return Switch(kit.say(f"action.{action.value}"), Tapped(action), on, high)


def arrange_staff(view: StaffView, kit: Kit) -> Node:
    """Somebody has been called."""
    said = kit.say("staff.contact", contact=view.contact)
    words = Boxed(Text(said, Role.BODY))
    medium, quiet = (Boxed(Text(said, role), padding=2.5) for role in (Role.MEDIUM, Role.QUIET))
    return framed(
        kit,
        SHEET,
        title=kit.say("staff.title"),
        lead=kit.say("staff.lead"),
        body=(Beside(words, Picture(Art.BELL, 30.0, 60.0), 60.0, grows=True), words, medium, quiet),
        left=Button(kit.say("staff.dismiss"), Tapped(Action.NO), high=20.0),
        main=primary(kit.say("action.close"), Action.CLOSE),
        top=_bare(kit),
    )


def arrange_leave(view: LeaveView, kit: Kit) -> Node:
    """中止しますか."""

    def said(role: Role, gap: float, padding: float) -> Element:
        card = (Text(kit.say("leave.card"), role, Face.BOLD),) if view.card_lies_there else ()
        return Boxed(Column((Text(kit.say("leave.erased"), role), *card), gap), padding=padding)

    art = Art.BELONGINGS_WITH_CARD if view.card_lies_there else Art.BELONGINGS
    return framed(
        kit,
        SHEET,
        title=kit.say("leave.title"),
        body=(
            *_above(said(Role.BODY, 3.0, 4.0), art),
            said(Role.BODY, 1.0, 2.5),
            said(Role.MEDIUM, 1.0, 2.5),
            said(Role.QUIET, 1.0, 2.5),
        ),
        left=Button(kit.say("leave.yes"), Tapped(Action.YES), high=20.0),
        main=primary(kit.say("leave.no"), Action.NO),
        top=_bare(kit),
    )


def arrange_still_there(view: StillThereView, kit: Kit) -> Node:  # noqa: ARG001
    """Any touch answers; the seconds are counted down."""
    left = kit.touch.seconds_left
    count: tuple[Element, ...] = ()
    if left is not None:
        how = Align.LEFT if kit.look.preferences.high_contrast else Align.MIDDLE  # a rule stands at the left there
        count = (Boxed(Text(kit.say("still_there.seconds", n=left), Role.TITLE, align=how)),)
    return framed(
        kit,
        SHEET,
        title=kit.say("still_there.title"),
        lead=kit.say("still_there.lead"),
        body=(
            *_above(Column((*count, Text(kit.say("still_there.otherwise"), Role.BODY))), Art.WAITING),
            *(Column((*count, Text(kit.say("still_there.otherwise"), r)), 2.0) for r in (Role.MEDIUM, Role.QUIET)),
        ),
        main=primary(kit.say("still_there.yes"), Action.YES),
        top=_bare(kit),
    )


def arrange_help(view: HelpView, kit: Kit) -> Node:
    """Where it is printed."""
    name = view.topic.value
    words = [Text(kit.say(f"help.{name}.text"), role) for role in (Role.BODY, Role.MEDIUM, Role.QUIET, Role.SMALL)]
    sizes = ((54.0, 90.0), (40.0, 90.0), (30.0, 90.0), (30.0, 72.0))
    pictures = [(Picture(HELP_PICTURES[view.topic], least, 120.0), wide) for least, wide in sizes]
    return framed(
        kit,
        SHEET,
        title=kit.say(f"help.{name}.title"),
        body=tuple(Beside(said, picture, wide, grows=True) for said, (picture, wide) in product(words, pictures)),
        main=primary(kit.say("action.close"), Action.CLOSE),
        top=_bare(kit),
    )
