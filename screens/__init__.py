"""What the visitor sees and touches: the only package that knows pygame.

A screen is a function of its view: `arrange_<view>(view, chrome, kit) -> Node`. It puts **elements** together (frozen
values, not yet placed) and hands them to `framed`, which places them in the one grid. Sizes are millimetres, gaps too;
rectangles of the placed tree are pixels. The same tree is painted, touched, read aloud and checked.

    def arrange_read_offer(view: ReadOfferView, chrome: Chrome, kit: Kit) -> Node:
        return framed(
            kit, chrome,
            title=kit.say("read_offer.title"),        # stays at every text size
            lead=kit.say("read_offer.lead"),          # the one instruction
            body=(with_picture, without_picture),     # the first that fits is taken; if none does, the last scrolls
            main=primary(kit.say("read_offer.read"), Action.NEXT),
        )

- `kit.say(key, **values)` words, `kit.px(mm)`, `kit.look` (panel, theme, language, `upright`, `large`), `kit.touch`
  (what is pressed, `seconds_left`).
- `layout`: `Column(children, gap)`, `Row(children, gap, shares)` (share 0: natural width), `Beside(left, right,
  right_mm)` (side by side on a wide panel, stacked on an upright one), `Space(mm)`, `grid(children, columns, gap)`,
  `Fixed(child, width_mm)`. An element with `grows=True` takes leftover height; give it to a Beside or Row with a
  Picture in it.
- `pieces`: `Text(text, role, face, tone, align)` (wraps), `Fitted` (one label in a given box), `Boxed(child, fill)`,
  `Patch(text, PatchKind.FINE | CAREFUL | STOP)`, `Picture(art, least, most, moves)` (mm), `Photograph(page | None,
  outline, good)`; `marks`: `Checkmark()`, `Bullet()`.
- `touchables`: `Button(label, act, Kind.PRIMARY | SECONDARY | QUIET | KEY, high, wide, dim=..., held=..., lights=...)`,
  `CheckBox(label, act, checked)`; `switch`: `Switch(label, act, on, high)`. An act is an event of `kiosk.events`.
  `dim` looks dead and still sends its act;
  `held` wants two seconds; `lights=False` shows no touch (password keys).
- `alike`: `Alike(buttons, columns, apart)`, buttons that belong together in letters of one size; `enlarging`:
  `Enlargeable(sheet)`, a page that a touch enlarges; `thumbnails(pages, width, high, kit)`, pages side by side.
- `frame`: `framed(...)`, `primary(label, action, dim=...)`; `areas(kit)` for a screen with a keypad that does not fit
  the grid (build a `Group` of `header(kit, chrome, areas.header)` and what is placed by hand).
- Roles: TITLE, LEAD, BODY, QUIET, BUTTON, SMALL, NUMBER, KEY; faces: TEXT, BOLD, DIGITS; tones in `look.Tone`.

`registry.arrange(scene, look, measure, touch)` finds the function; `paint.Painter(fonts, pictures).paint(surface, tree,
theme)` draws; `window.Window` is the glass itself.
"""

import os

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")  # what a command prints is its own
