"""共済契約者 or 共済契約加入申込者: two large choices, each with what follows from it."""

from dataclasses import dataclass, field, replace

from kiosk.events import Action, Tapped
from kiosk.views import ApplicantChoiceView, Chrome
from screens.frame import framed
from screens.geometry import Rect
from screens.layout import Column, Element, Kit, Row
from screens.look import Face, Role, Tone
from screens.nodes import Node, Shape, Target
from screens.pieces import Text
from screens.ruby import plain


def arrange_applicant_choice(view: ApplicantChoiceView, chrome: Chrome, kit: Kit) -> Node:  # noqa: ARG001
    """A choice goes on at once."""
    bodies: list[Element] = []
    for role in (*(() if kit.look.large else (Role.BODY,)), Role.QUIET, Role.SMALL, None):  # never above its heading's
        both = _choices(kit, role)
        bodies.append(Column(both, 4.0))
        if not kit.look.upright:
            bodies.append(Row(tuple(replace(choice, grows=True) for choice in both), 4.0))  # level
    return framed(
        kit,
        chrome,
        title=kit.say("applicant_choice.title"),
        lead=kit.say("applicant_choice.lead"),
        body=bodies,
    )


def _choices(kit: Kit, role: Role | None) -> tuple["Choice", ...]:
    actions = (("contractor", Action.CONTRACTOR), ("applicant", Action.APPLICANT))
    return tuple(
        Choice(kit.say(f"applicant_choice.{name}"), kit.say(f"applicant_choice.{name}_text"), action, role)
        for name, action in actions
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """A button as wide as the body: what it is, and beneath what it means."""

    label: str = field(repr=False)
    text: str = field(repr=False)
    action: Action
    role: Role | None = Role.BODY  # of the text; None leaves it out, where the glass is small and the text is large
    padding: float = 4.0
    grows: bool = False

    def _words(self, name: Tone = Tone.ACTION, ink: Tone = Tone.INK) -> Column:
        label = Text(self.label, Role.BUTTON, Face.BOLD, name)
        return Column((label, Text(self.text, self.role, tone=ink)), 1.0) if self.role else Column((label,))

    def natural(self, kit: Kit) -> int:
        return self._words().natural(kit) + 2 * kit.px(self.padding)

    def height(self, width: int, kit: Kit) -> int:
        pad = kit.px(self.padding)
        return max(kit.px(30.0 if kit.look.upright else 20.0), self._words().height(width - 2 * pad, kit) + 2 * pad)

    def place(self, at: Rect, kit: Kit) -> Node:
        pad, act = kit.px(self.padding), Tapped(self.action)
        pressed = kit.touch.pressed == act
        fill, words = (Tone.CHOSEN, self._words(*(Tone.ON_CHOSEN,) * 2)) if pressed else (Tone.GROUND, self._words())
        body = Shape(at, fill, Tone.ACTION, kit.px(0.6), kit.px(kit.look.theme.button_corner))
        return Target(at, act, plain(f"{self.label}。{self.text}"), (body, words.place(at.inset(pad), kit)))
