"""Something that is on or off: its name at the left, whether it is on in a word and as a slider at the right."""

from dataclasses import dataclass, field

from screens.geometry import Rect
from screens.layout import Kit
from screens.look import Role, Tone
from screens.nodes import Act, Node, Shape, Target
from screens.pieces import Align, Fitted
from screens.ruby import plain

WIDE_MM, HIGH_MM, EDGE_MM = 13.0, 7.0, 3.0
AIR_MM = 1.0  # above and below the words


@dataclass(frozen=True, slots=True)
class Switch:
    """The whole row can be touched."""

    label: str = field(repr=False)
    act: Act
    on: bool
    high: float
    grows: bool = False

    def natural(self, kit: Kit) -> int:
        words = Fitted(self.label, Role.QUIET).natural(kit) + self._state_width(kit)
        return words + kit.px(WIDE_MM) + 4 * kit.px(EDGE_MM)

    def height(self, width: int, kit: Kit) -> int:  # noqa: ARG002
        return kit.px(self.high)

    def place(self, at: Rect, kit: Kit) -> Node:
        edge = kit.px(EDGE_MM)
        pressed = kit.touch.pressed == self.act
        fill, ink = (Tone.CHOSEN, Tone.ON_CHOSEN) if pressed else (Tone.GROUND, Tone.INK)
        frame = Shape(at, fill, Tone.ACTION, kit.px(0.5), kit.px(kit.look.theme.button_corner))
        wide, high = kit.px(WIDE_MM), kit.px(HIGH_MM)
        slider = Rect(at.right - edge - wide, at.middle[1] - high // 2, wide, high)
        wide = self._state_width(kit)
        state = Rect(slider.x - edge - wide, at.y, wide, at.h)
        name = Rect(at.x + edge, at.y, state.x - at.x - 2 * edge, at.h)
        words = (
            Fitted(self.label, Role.QUIET, tone=ink, align=Align.LEFT).place(name.inset(0, kit.px(AIR_MM)), kit),
            Fitted(self._state(kit), Role.QUIET, tone=ink, most=1).place(state, kit),
        )
        said = plain(f"{self.label} {self._state(kit)}")
        return Target(at, self.act, said, (frame, *words, *self._slider(slider, kit)))

    def _slider(self, at: Rect, kit: Kit) -> tuple[Node, ...]:
        line = kit.px(0.6)
        rail = Shape(at, Tone.ACTION if self.on else Tone.GROUND, Tone.ACTION, line, at.h // 2)
        side = at.h - 4 * line
        x = at.right - 2 * line - side if self.on else at.x + 2 * line
        knob = Rect(x, at.y + 2 * line, side, side)
        return rail, Shape(knob, Tone.ON_ACTION if self.on else Tone.ACTION, radius=side // 2)

    def _state(self, kit: Kit) -> str:
        return kit.say("display.on" if self.on else "display.off")

    def _state_width(self, kit: Kit) -> int:
        return max(Fitted(kit.say(f"display.{word}"), Role.QUIET).natural(kit) for word in ("on", "off"))
