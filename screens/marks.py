"""Small marks before words."""

from dataclasses import dataclass

from screens.geometry import Rect
from screens.layout import Kit
from screens.look import LEADING, Role, Tone
from screens.nodes import Group, Node, Shape, Sign, SignKind


@dataclass(frozen=True, slots=True)
class Bullet:
    """A dot before a thing of a list, in the middle of a line's height."""

    grows: bool = False

    def natural(self, kit: Kit) -> int:
        return kit.size(Role.BODY) // 3

    def height(self, width: int, kit: Kit) -> int:  # noqa: ARG002
        return round(kit.size(Role.BODY) * LEADING[Role.BODY])

    def place(self, at: Rect, kit: Kit) -> Node:
        side = kit.size(Role.BODY) // 3
        return Shape(at.centred(side, side), Tone.ACTION, radius=side // 2)


@dataclass(frozen=True, slots=True)
class Done:
    """A check sign on a green disc, `wide` mm."""

    wide: float
    grows: bool = False

    def natural(self, kit: Kit) -> int:
        return kit.px(self.wide)

    def height(self, width: int, kit: Kit) -> int:  # noqa: ARG002
        return kit.px(self.wide)

    def place(self, at: Rect, kit: Kit) -> Node:
        disc = at.centred(kit.px(self.wide), kit.px(self.wide))
        sign = Sign(disc.inset(disc.w // 4), SignKind.CHECK, Tone.GROUND)
        return Group(at, (Shape(disc, Tone.FINE_SIGN, radius=disc.h // 2), sign))


@dataclass(frozen=True, slots=True)
class Checkmark:
    """A check sign as high as a line."""

    tone: Tone = Tone.FINE_SIGN
    grows: bool = False

    def natural(self, kit: Kit) -> int:
        return kit.size(Role.BODY)

    def height(self, width: int, kit: Kit) -> int:  # noqa: ARG002
        return kit.size(Role.BODY)

    def place(self, at: Rect, kit: Kit) -> Node:
        side = kit.size(Role.BODY)
        return Sign(at.centred(side, side), SignKind.CHECK, self.tone)
