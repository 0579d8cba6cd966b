"""What must hold on every placed picture: nothing overflows, overlaps, is too small, mute or without a way on.

Each check takes a placed tree and tells what is wrong with it, in words; none of them paints.
"""

from collections.abc import Iterator
from itertools import combinations

from kiosk.events import Action, Tapped
from kiosk.views import (
    ApplicantChoiceView,
    AwaitMailView,
    BusyView,
    CardTroubleView,
    Keyboard,
    LayCardView,
    LookingOverView,
    MailTroubleView,
    OutOfServiceView,
    PasswordView,
    Scene,
    StartingView,
    SubmittingView,
    TakeCardView,
    TypingView,
    WipingView,
)
from kiosk.visit import TextSize
from screens.frame import HEADER_MM
from screens.geometry import Rect
from screens.layout import Touch
from screens.look import CAPITALS, SMALLEST, Look, Role, Tone
from screens.nodes import (
    LayerShown,
    Node,
    Pad,
    Photo,
    Scrolled,
    Scroller,
    Shape,
    Target,
    Words,
    scroller,
    spoken,
    targets,
    walk,
)
from screens.registry import arrange
from screens.ruby import BEGIN, LEAST_MM
from tests.screens.glasses import fonts

WAYS = (Tapped(Action.BACK), Tapped(Action.CANCEL))
SLACK_MM = 0.2  # a pixel of rounding

WITHOUT_PRIMARY = (
    ApplicantChoiceView, AwaitMailView, BusyView, LayCardView, LookingOverView, MailTroubleView, OutOfServiceView,
    StartingView, SubmittingView, TakeCardView, WipingView,
)  # fmt: skip
"""Where the thing to do is not on the glass, there is nothing to do, or two ways on are equal."""


def faults(scene: Scene, how: Look) -> set[str]:
    """Everything that is wrong with a scene, part by part where it scrolls."""
    found: set[str] = set()
    for part, tree in enumerate(parts(scene, how)):
        found.update((*_outside(tree, how), *_overlapping(tree), *_lettering(scene, tree, how), *_furigana(tree, how)))
        found.update((*_too_small(scene, tree, how), *_too_close(scene, tree, how), *_one_way_on(scene, tree)))
        found.update((*_said(tree), *_in_order(tree, how), *_bar(tree), *(_begun(tree) if part == 0 else ())))
    return {f"{name(scene)}: {what}" for what in found}


def parts(scene: Scene, how: Look) -> Iterator[Node]:
    """The picture, part by part where it scrolls, and with every set of keys that a key of it shows."""
    tree = arrange(scene, how, fonts(), Touch(seconds_left=30))
    yield tree
    moving = scroller(tree)
    for offset in moving.pages[1:] if moving is not None else ():
        yield arrange(scene, how, fonts(), Touch(scroll=offset, seconds_left=30))
    layers, known = [""], {""}
    for layer in layers:
        standing = arrange(scene, how, fonts(), Touch(layer=layer, seconds_left=30))
        if layer:
            yield standing
        others = {target.act.name for target, _ in targets(standing) if isinstance(target.act, LayerShown)} - known
        layers.extend(sorted(others))
        known |= others


def name(scene: Scene) -> str:
    """What a failed check calls it."""
    told = [getattr(scene.view, part, None) for part in ("typing", "failure", "ending", "question", "topic")]
    return " ".join([type(scene.view).__name__, *(each.name for each in told if each is not None)])


def _outside(tree: Node, how: Look) -> Iterator[str]:
    """What leaves the glass, and lines that are cut by the edge of what scrolls."""
    glass = how.panel.glass
    moving = scroller(tree)
    inner = set(map(id, walk(moving))) if moving is not None else set()
    for node in walk(tree):
        if id(node) not in inner and not glass.contains(node.rect):
            yield f"{type(node).__name__} at {node.rect} leaves the glass"
        if moving is not None and id(node) in inner and isinstance(node, Words):
            seen = node.rect.common(moving.rect)
            cut = 0 < seen.h < node.rect.h - 1 and node.rect.overlaps(moving.rect)
            if cut or (seen.h and seen.w < node.rect.w - 1):
                yield f"a line is cut in two at {node.rect}"


def visible(tree: Node) -> list[Words]:
    """The lines that can be read, without what has scrolled away."""
    moving = scroller(tree)
    inner = set(map(id, walk(moving))) if moving is not None else set()
    lines = [n for n in walk(tree) if isinstance(n, Words)]
    return [n for n in lines if id(n) not in inner or (moving is not None and moving.rect.contains(n.rect))]


def _ink(line: Words) -> Rect:
    """The letters themselves, without the air above and below."""
    return line.letters.centred(line.rect.w, min(line.letters.h, line.size * 8 // 10)).inset(1)


def _inks(tree: Node) -> Iterator[tuple[Words, str, Rect]]:
    """What is seen written: each line and each reading above it, with the rectangle of its letters."""
    for line in visible(tree):
        yield line, line.text, _ink(line)
        for reading in line.readings:
            yield line, reading.text, reading.rect.inset(1, reading.size // 8)


def _overlapping(tree: Node) -> Iterator[str]:
    inks = list(_inks(tree))
    for (_, one, a), (_, other, b) in combinations(inks, 2):
        if a.overlaps(b):
            yield f"{len(one)} and {len(other)} letters overlap at {b}"
    for target, rect in targets(tree):
        own = set(map(id, walk(target)))
        for line, _, ink in inks:
            if id(line) not in own and ink.overlaps(rect):
                yield f"a line stands on {target.label!r}"
            if id(line) in own and not target.rect.inset(-1).contains(ink):
                yield f"the label leaves {target.label!r}"
        photos = [node for node in walk(target) if isinstance(node, Photo)]
        for line, words, ink in inks:
            if id(line) in own and any(ink.overlaps(photo.rect) for photo in photos):
                yield f"{words!r} stands on a page of {target.label!r}"


def _furigana(tree: Node, how: Look) -> Iterator[str]:
    """Large enough, directly above their own line, and no wider than it; nothing is said or shown twice."""
    for line in visible(tree):
        for reading in line.readings:
            if reading.size < fonts().size(how.px(LEAST_MM) - 1):
                yield f"furigana of {how.panel.mm(reading.size) * 0.765:.1f} mm"
            if reading.rect.x < line.rect.x or reading.rect.right > line.rect.right or reading.rect.y < line.rect.y - 1:
                yield f"furigana beside their line at {reading.rect}"
            if reading.size > line.size * 6 // 10:
                yield "furigana as large as text"
    if any(BEGIN in words for words in spoken(tree)):
        yield "a reading is said beside its word"


def _lettering(scene: Scene, tree: Node, how: Look) -> Iterator[str]:
    """No capital is lower than 3.5 mm; body text has the height of the visitor's text size, or more on a large glass.

    A label that is fitted into a given box, as on a keyboard's screen, may be smaller than its role says.
    """
    size = list(TextSize).index(how.preferences.text_size)
    own = {id(part) for target, _ in targets(tree) for part in walk(target)}
    for line in visible(tree):
        body = line.role is Role.BODY and id(line) not in own and not isinstance(scene.view, TypingView)
        wanted = CAPITALS[Role.BODY][size] if body else SMALLEST
        if line.size < fonts().size(how.panel.px(wanted) - 1, line.face):
            yield f"{line.role.value} letters of {how.panel.mm(line.size) * 0.765:.1f} mm, {wanted} are wanted"


def _keypad(scene: Scene) -> bool:
    view = scene.view
    return isinstance(view, PasswordView) or (isinstance(view, TypingView) and view.keyboard is Keyboard.DIGITS)


def _least(scene: Scene, target: Target, how: Look) -> tuple[float, float]:
    typewriters = {Keyboard.MAIL, Keyboard.ASCII, Keyboard.FIGURES}
    typewriter = isinstance(scene.view, TypingView) and scene.view.keyboard in typewriters
    if target.key and how.upright and typewriter:
        return 11.0, 14.0
    if target.key and _keypad(scene):
        return 20.0, 20.0
    if target.primary:
        return 20.0, 20.0
    return 15.0, 15.0


def _too_small(scene: Scene, tree: Node, how: Look) -> Iterator[str]:
    moving = scroller(tree)
    inner = set(map(id, walk(moving))) if moving is not None else set()
    for target, seen in targets(tree):
        wide, high = _least(scene, target, how)
        if id(target) in inner and seen.h < target.rect.h:
            yield f"{target.label!r} is cut in two"
        elif how.panel.mm(target.rect.w) < wide - SLACK_MM or how.panel.mm(target.rect.h) < high - SLACK_MM:
            yield f"{target.label!r} is {how.panel.mm(target.rect.w):.1f} x {how.panel.mm(target.rect.h):.1f} mm"


def _too_close(scene: Scene, tree: Node, how: Look) -> Iterator[str]:
    for (one, a), (other, b) in combinations(targets(tree), 2):
        least = 3.0
        if one.key and other.key and how.upright and isinstance(scene.view, TypingView):
            least = 2.0
        elif one.key and other.key and _keypad(scene):
            least = 4.0
        gap = max(a.x - b.right, b.x - a.right, a.y - b.bottom, b.y - a.bottom)
        if how.panel.mm(gap) < least - SLACK_MM:
            yield f"{one.label!r} and {other.label!r} are {how.panel.mm(gap):.1f} mm apart"


def _one_way_on(scene: Scene, tree: Node) -> Iterator[str]:
    spots = [target for target, _ in targets(tree)]
    count = sum(target.primary for target in spots)
    waits = isinstance(scene.view, (*WITHOUT_PRIMARY, CardTroubleView))
    if count > 1 or (count == 0 and not waits):
        yield f"{count} primary buttons"
    moving = scroller(tree)
    within = set(map(id, walk(moving))) if moving is not None else set()
    if any(id(target) in within for target in spots if target.primary):
        yield "the primary button scrolls"
    back = any(target.act == Tapped(Action.BACK) for target in spots)
    closes = any(target.primary and target.act == LayerShown("") for target in spots)
    if scene.chrome.back and not (back or closes):
        yield "no way back"
    if moving is not None and len(moving.pages) > 1 and not any(isinstance(t.act, Scrolled) for t in spots):
        yield "longer than the glass, without buttons to scroll"
    if moving is not None and sum(isinstance(n, Scroller) for n in walk(tree)) > 1:
        yield "more than one thing scrolls"


def _in_order(tree: Node, how: Look) -> Iterator[str]:
    """Title, instruction, content, what leads on; the strip that is the same everywhere is said last."""
    *within, strip = getattr(tree, "parts", (tree,))
    if strip.rect.h != how.px(HEADER_MM) or strip.rect.w != how.panel.width_px:
        yield "the header is not said last"
    leaves = [leaf for part in within for leaf in _leaves(part)]
    lines = [i for i, leaf in enumerate(leaves) if isinstance(leaf, Words)]
    if not lines or lines[0] != 0:
        yield "a button is said before the first words"
    titles = [i for i, leaf in enumerate(leaves) if isinstance(leaf, Words) and leaf.role is Role.TITLE]
    if titles and titles[0] > 1:  # one line may say of what it is: which paper, which password
        yield "the title is not said first"
    ways = [i for i, leaf in enumerate(leaves) if isinstance(leaf, Target) and (leaf.primary or leaf.act in WAYS)]
    if ways and lines and lines[-1] > min(ways):
        yield "words are said after the buttons that lead on"


def _leaves(node: Node) -> Iterator[Words | Target]:
    """What is said of it, one by one: a target is one thing."""
    if isinstance(node, Words | Target):
        yield node
    for part in getattr(node, "parts", ()) if not isinstance(node, Target) else ():
        yield from _leaves(part)


def _bar(tree: Node) -> Iterator[str]:
    """Beside what is longer than its place stands where one is: a thumb on a rail."""
    moving = scroller(tree)
    if moving is None or len(moving.pages) < 2:
        return
    beside = [n for n in walk(tree) if isinstance(n, Shape) and n.rect.x >= moving.rect.right and n.fill is Tone.ACTION]
    if not beside:
        yield "longer than the glass, without a bar"


def _said(tree: Node) -> Iterator[str]:
    """Everything is said once."""
    said = spoken(tree)
    if not all(words.strip() for words in said):
        yield "something has no spoken label"
    own = {id(part) for target in walk(tree) if isinstance(target, Target | Pad) for part in walk(target)}
    lines = [node for node in walk(tree) if isinstance(node, Words) and id(node) not in own]
    if len(said) != len(lines) + sum(isinstance(node, Target | Pad) for node in walk(tree)):
        yield "something is said twice or not at all"


def _begun(tree: Node) -> Iterator[str]:
    """At first sight stand the title and what follows it, whatever scrolls."""
    own = {id(part) for target in walk(tree) if isinstance(target, Target) for part in walk(target)}
    lines = [node for node in walk(tree) if isinstance(node, Words) and id(node) not in own]
    begin = next((i for i, line in enumerate(lines) if line.role is Role.TITLE), 0)
    end = next((i for i, line in enumerate(lines) if i > begin and line.role is not Role.TITLE), begin)
    seen = set(map(id, visible(tree)))
    first = lines[begin : end + 1]
    if not all(id(line) in seen for line in first):
        yield "title or instruction has scrolled out of sight"
