"""Everything that can be touched: buttons, keys, choices, the check box."""

from dataclasses import dataclass, field
from enum import Enum

from screens.geometry import Rect
from screens.layout import Kit
from screens.look import Face, Role, Tone
from screens.nodes import Act, Node, Shape, Sign, SignKind, Target
from screens.pieces import Align, Fitted
from screens.ruby import has_readings, plain


class Kind(Enum):
    """How much a button asks to be touched."""

    PRIMARY = "primary"  # one a screen
    SECONDARY = "secondary"
    QUIET = "quiet"
    KEY = "key"


CLEAR_MM = {Kind.PRIMARY: 2.5, Kind.SECONDARY: 2.5, Kind.QUIET: 1.6, Kind.KEY: 1.2}
"""Between a label and the frame at its sides."""


@dataclass(frozen=True, slots=True)
class Button:
    """A label that acts. `dim`: cannot act yet; a touch still tells the visit, which answers with what is missing."""

    label: str = field(repr=False)
    act: Act
    kind: Kind = Kind.SECONDARY
    high: float = 15.0
    wide: float | None = None
    dim: bool = False
    held: bool = False
    chosen: bool = False
    lights: bool = True
    role: Role | None = None
    spoken: str = ""
    grows: bool = False

    def natural(self, kit: Kit) -> int:
        if self.wide is not None:
            return kit.px(self.wide)
        return max(kit.px(15), self._label(Tone.INK).natural(kit) + 2 * kit.px(5))

    def height(self, width: int, kit: Kit) -> int:  # noqa: ARG002
        return kit.px(self.high)

    def _label(self, tone: Tone) -> Fitted:
        role = self.role or (
            Role.QUIET if self.kind is Kind.QUIET else Role.KEY if self.kind is Kind.KEY else Role.BUTTON
        )
        face = Face.BOLD if self.kind is Kind.PRIMARY or self.chosen else Face.TEXT
        if self.kind is Kind.KEY and (len(self.label) == 1 or self.label.startswith("@")):
            face = Face.DIGITS
        return Fitted(self.label, role, face, tone, most=4 if self.grows else 2, align=Align.MIDDLE)

    def place(self, at: Rect, kit: Kit) -> Node:
        pressed = self.lights and kit.touch.pressed == self.act
        held = kit.touch.held if self.held and pressed else None
        return kit.once(self, at, self._placed, pressed, held)

    def _placed(self, at: Rect, kit: Kit) -> Node:
        key, primary, spoken = self.kind is Kind.KEY, self.kind is Kind.PRIMARY, plain(self.spoken or self.label)
        return Target(at, self.act, spoken, self.drawn(at, kit), self.lights, self.held, primary, key=key, dim=self.dim)

    def ground(self, at: Rect, kit: Kit) -> Shape:
        """What it is written on."""
        pressed = self.lights and kit.touch.pressed == self.act
        fill, line, mm, _ = _colours(self, pressed)
        theme = kit.look.theme
        corner = theme.key_corner if self.kind in {Kind.KEY, Kind.QUIET} else theme.button_corner
        dash = kit.px(1.6) if self.dim and kit.look.preferences.high_contrast else 0  # no paler colour tells it there
        return Shape(at, fill, line, max(2, kit.px(mm) - 1), kit.px(corner), dash)

    def drawn(self, at: Rect, kit: Kit) -> tuple[Node, ...]:
        """All that is seen of it."""
        pressed = self.lights and kit.touch.pressed == self.act
        pad = kit.px(CLEAR_MM[self.kind])
        tone = _colours(self, pressed)[3]
        label = self._label(tone).place(at.inset(pad, kit.px(1.5 if has_readings(self.label) else 0.8)), kit)
        return (self.ground(at, kit), *(_held(at, kit) if self.held and pressed else ()), label)


def _held(at: Rect, kit: Kit) -> tuple[Node, ...]:
    """A line along the bottom that grows while the finger stays."""
    line, thick = at.inset(kit.px(3.0), kit.px(1.5)), kit.px(1.2)
    return (Shape(Rect(line.x, line.bottom - thick, round(line.w * kit.touch.held), thick), Tone.ON_CHOSEN),)


def _colours(button: Button, pressed: bool) -> tuple[Tone, Tone, float, Tone]:
    """Ground, frame, its thickness in millimetres, ink. A chosen button that is pressed looks as if it were neither."""
    if button.dim:
        return Tone.PANEL, Tone.QUIET_FRAME, 0.5, Tone.DIM_INK
    filled = pressed is not button.chosen
    match button.kind:
        case Kind.PRIMARY:
            return (
                (Tone.ACTION_PRESSED if pressed else Tone.ACTION),
                Tone.FOCUS if pressed else Tone.ACTION,
                0.8,
                Tone.ON_PRESSED if pressed else Tone.ON_ACTION,
            )
        case Kind.SECONDARY:
            if filled:
                return Tone.CHOSEN, Tone.ACTION, 1.0, Tone.ON_CHOSEN
            return Tone.GROUND, Tone.ACTION, 0.6, Tone.ACTION
        case Kind.QUIET:
            if filled:
                return Tone.CHOSEN, Tone.ACTION, 0.8, Tone.ON_CHOSEN
            return Tone.GROUND, Tone.QUIET_FRAME, 0.4, Tone.INK
        case Kind.KEY:
            if filled:
                return Tone.CHOSEN, Tone.ACTION, 0.8, Tone.ON_CHOSEN
            return Tone.GROUND, Tone.FRAME, 0.45, Tone.INK


@dataclass(frozen=True, slots=True)
class CheckBox:
    """A box with a sentence beside it; the whole row can be touched."""

    label: str = field(repr=False)
    act: Act
    checked: bool
    high: float = 16.0
    grows: bool = False

    def natural(self, kit: Kit) -> int:
        text = Fitted(self.label, Role.BUTTON, align=Align.LEFT).natural(kit)
        return kit.px(self.high) + text + kit.px(9)

    def height(self, width: int, kit: Kit) -> int:  # noqa: ARG002
        return kit.px(self.high)

    def place(self, at: Rect, kit: Kit) -> Node:
        at = Rect(at.x, at.y, min(at.w, self.natural(kit)), at.h)
        pressed = kit.touch.pressed == self.act
        box = Rect(at.x, at.y, at.h, at.h)
        fill, ink = (Tone.CHOSEN, Tone.ON_CHOSEN) if pressed else (Tone.GROUND, Tone.ACTION)
        frame = Shape(box, fill, Tone.ACTION, kit.px(0.8), kit.px(kit.look.theme.key_corner))
        check = (Sign(box.inset(box.w // 5), SignKind.CHECK, ink),) if self.checked else ()
        words = Rect(box.right + kit.px(4), at.y, at.w - box.w - kit.px(4), at.h)
        label = Fitted(self.label, Role.BUTTON, align=Align.LEFT).place(words, kit)
        return Target(at, self.act, plain(self.label), (frame, *check, label))
