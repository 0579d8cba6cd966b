"""A page that is a button: its picture, what it is called, and what a touch does."""

from dataclasses import dataclass, field

from kiosk.events import Item, ItemTapped
from kiosk.visit import Page
from screens.geometry import Rect
from screens.layout import Column, Kit
from screens.look import Role, Tone
from screens.nodes import Node, Target
from screens.pieces import Align, Text
from screens.reserved import Reserved
from screens.ruby import plain
from screens.sheet import Sheet
from screens.touchables import Button

PAD_MM, WORDS_PAD_MM = 1.8, 1.0


@dataclass(frozen=True, slots=True)
class PageTile:
    """The page is `least` mm high. `names` are those of all tiles beside it: their lines are kept in each."""

    page: Page
    index: int
    name: str = field(repr=False)
    names: tuple[str, ...] = field(repr=False)
    least: float
    grows: bool = False

    def natural(self, kit: Kit) -> int:
        return self._below(Tone.ACTION, kit).natural(kit) + 2 * kit.px(WORDS_PAD_MM)

    def height(self, width: int, kit: Kit) -> int:
        below = self._below(Tone.ACTION, kit).height(width - 2 * kit.px(WORDS_PAD_MM), kit)
        return kit.px(self.least) + below + 3 * kit.px(PAD_MM)

    def place(self, at: Rect, kit: Kit) -> Node:
        act = ItemTapped(Item.LOOK, self.index)
        look, pad = kit.say("item.look"), kit.px(PAD_MM)
        ground = Button(look, act).ground(at, kit)
        inner, lines = at.inset(pad), at.inset(kit.px(WORDS_PAD_MM), pad)
        below = self._below(Tone.ACTION_PRESSED if kit.touch.pressed == act else Tone.ACTION, kit)
        high = below.height(lines.w, kit)
        paper = Sheet(self.page, self.least).place(Rect(inner.x, inner.y, inner.w, inner.h - high - pad), kit)
        words = below.place(Rect(lines.x, lines.bottom - high, lines.w, high), kit)
        return Target(at, act, plain(f"{self.name} {look}"), (ground, paper, words))

    def _below(self, tone: Tone, kit: Kit) -> Column:
        name, *names = (Text(words, Role.SMALL, align=Align.MIDDLE) for words in (self.name, *self.names))
        look = Text(kit.say("item.look"), Role.SMALL, tone=tone, align=Align.MIDDLE)
        return Column((Reserved(name, tuple(names)), look), 0.5)
