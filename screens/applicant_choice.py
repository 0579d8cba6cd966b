"""共済契約者 or 共済契約加入申込者: two large choices, each with what follows from it."""

from dataclasses import dataclass, field

from kiosk.events import Action, Tapped
from kiosk.views import ApplicantChoiceView, Chrome
from screens.frame import framed
from screens.geometry import Rect
from screens.layout import Column, Kit, Row
from screens.look import Face, Role, Tone
from screens.nodes import Node, Shape, Target
from screens.pieces import Text


def arrange_applicant_choice(view: ApplicantChoiceView, chrome: Chrome, kit: Kit) -> Node:  # noqa: ARG001
    """A choice goes on at once."""
    full, short = _choices(kit, explained=True), _choices(kit, explained=False)
    return framed(
        kit,
        chrome,
        title=kit.say("applicant_choice.title"),
        lead=kit.say("applicant_choice.lead"),
        body=(Column(full, 4.0), Row(full, 4.0, centred=False), Column(short, 4.0), Row(short, 4.0, centred=False)),
    )


def _choices(kit: Kit, *, explained: bool) -> tuple["Choice", ...]:
    actions = (("contractor", Action.CONTRACTOR), ("applicant", Action.APPLICANT))
    return tuple(
        Choice(kit.say(f"applicant_choice.{name}"), kit.say(f"applicant_choice.{name}_text"), action, explained)
        for name, action in actions
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """A button as wide as the body: what it is, and beneath what it means."""

    label: str = field(repr=False)
    text: str = field(repr=False)
    action: Action
    explained: bool = True
    padding: float = 4.0
    grows: bool = False

    def _words(self) -> Column:
        label = Text(self.label, Role.BUTTON, Face.BOLD, Tone.ACTION)
        return Column((label, Text(self.text, Role.BODY)), 1.0) if self.explained else Column((label,))

    def natural(self, kit: Kit) -> int:
        return self._words().natural(kit) + 2 * kit.px(self.padding)

    def height(self, width: int, kit: Kit) -> int:
        pad = kit.px(self.padding)
        return max(kit.px(20.0), self._words().height(width - 2 * pad, kit) + 2 * pad)

    def place(self, at: Rect, kit: Kit) -> Node:
        pad, act = kit.px(self.padding), Tapped(self.action)
        fill = Tone.ACTION_PALE if kit.touch.pressed == act else Tone.GROUND
        body = Shape(at, fill, Tone.ACTION, kit.px(0.6), kit.px(kit.look.theme.button_corner))
        return Target(at, act, f"{self.label}。{self.text}", (body, self._words().place(at.inset(pad), kit)))
