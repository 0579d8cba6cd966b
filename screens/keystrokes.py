"""What a key of a desktop's keyboard means on the glass: the same targets as a finger's, without SDL.

Tab and the arrows go from one target to the next, in reading order, with a ring around it; Enter acts there, or else is
the one thing to do; Escape is 戻る. Characters are typed where a keyboard stands on the glass. What means nothing here,
and whatever is pressed with Ctrl, is left to the simulated hands. In password entry no key gets a ring: nothing on the
glass shows which digit is meant.
"""

from dataclasses import dataclass, replace

from kiosk.events import Action, DigitTapped, KeyTapped, Tapped
from kiosk.views import Keyboard, PasswordView, TypingView, View
from screens.look import Tone
from screens.nodes import Act, Group, LayerShown, Node, Scrolled, Scroller, Shape, Target, targets

_MORE = (Keyboard.MAIL, Keyboard.ASCII, Keyboard.FIGURES, Keyboard.HIRAGANA, Keyboard.KATAKANA, Keyboard.LATIN)
_BACK: tuple[Act, ...] = (*map(Tapped, (Action.BACK, Action.CLOSE, Action.NO)), LayerShown(""))


@dataclass(frozen=True, slots=True)
class Focused:
    """The ring goes there; None where it goes nowhere."""

    act: Act | None


def stroke(tree: Node, view: View, focus: Act | None, name: str, character: str) -> Act | Focused | None:
    """What the key does, by SDL's name for it and the character that it types ("" for none); None: nothing here."""
    spots = [target for target, _ in targets(tree) if not target.held]
    match name:
        case "tab" | "right" | "down":
            return Focused(_beside(spots, focus, 1))
        case "shift tab" | "left" | "up":
            return Focused(_beside(spots, focus, -1))
        case "return" | "enter":
            return _there(spots, focus) or next((spot.act for spot in spots if spot.primary), None) or Focused(focus)
        case "escape":
            return next((act for act in _BACK if _there(spots, act)), Focused(None))
        case "backspace":
            return _there(spots, Tapped(Action.ERASE))
        case "page down" | "page up":
            return _there(spots, Scrolled(1 if name == "page down" else -1))
        case _:
            return _typed(spots, view, focus, character)


def ringed(node: Node, focus: Act, width: int) -> Node:
    """The tree with a ring of so many pixels around what has the focus."""
    match node:
        case Target() if node.act == focus:
            around = node.rect.inset(-width)
            ring = Shape(around, Tone.FOCUS, Tone.ACTION, max(1, width // 3), 2 * width)
            return Group(around, (ring, node))
        case Group() | Scroller():
            return replace(node, parts=tuple(ringed(part, focus, width) for part in node.parts))
        case _:
            return node


def _typed(spots: list[Target], view: View, focus: Act | None, character: str) -> Act | Focused | None:
    """Capitals stand for small letters where only they do; a keyboard with layers has more than it shows."""
    if len(character) != 1 or not character.isprintable():
        return None
    means: list[Act] = [KeyTapped(character), KeyTapped(character.upper())]
    if character in "0123456789":
        means.append(DigitTapped(int(character)))
    act = next((act for act in means if _there(spots, act)), None)
    if act is None and isinstance(view, TypingView) and view.keyboard in _MORE and character.isascii():
        return KeyTapped(character)
    if act is None and isinstance(view, TypingView | PasswordView):
        return Focused(focus)  # no letter where digits are typed plays a hand by mistake
    return act


def _there(spots: list[Target], act: Act | None) -> Act | None:
    return next((spot.act for spot in spots if spot.act == act), None)


def _beside(spots: list[Target], focus: Act | None, by: int) -> Act | None:
    acts = list(dict.fromkeys(spot.act for spot in spots if spot.lights))
    if not acts:
        return None
    return acts[(acts.index(focus) + by) % len(acts)] if focus in acts else acts[0 if by > 0 else -1]
