"""Pages on the glass: large enough to be judged, the pages of a paper together, and what must be said always said."""

from dataclasses import replace
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.events import Action, ItemTapped, Tapped, Touched
from kiosk.failures import REMEDIES, Failure
from kiosk.views import (
    Chrome,
    CornersView,
    Finding,
    LetterView,
    NumberOfferView,
    PageCheckView,
    PageLookView,
    PapersView,
    ReviewView,
    ScanView,
    Scene,
    TroubleView,
)
from kiosk.visit import Box, Framed, Guidance, Language, Page, Sight, TextSize
from screens.enlarging import ENLARGED
from screens.layout import Touch
from screens.nodes import Drawing, LayerShown, Node, Photo, Scrolled, Scroller, Words, scroller, spoken, targets, walk
from screens.registry import arrange
from screens.ruby import plain
from tests.screens.checks import faults, parts, visible
from tests.screens.glasses import fonts, look
from tests.screens.test_touch import Visitor

PANELS = ("10.1-landscape", "15.6-landscape", "10.1-portrait")
EVERY = list(product(PANELS, Language, TextSize))
LARGEST = [(panel, language, TextSize.LARGEST) for panel, language in product(PANELS, Language)]
A4, TURNED, RECEIPT = Page(1, 1654, 2339, 1_900_000), Page(2, 2339, 1654, 900_000), Page(3, 900, 2400, 300_000)
FOUND = replace(A4, suspected=(Box(0.1, 0.2, 0.6, 0.22),))


def photos(tree: Node) -> list[Photo]:
    return [node for node in walk(tree) if isinstance(node, Photo)]


def drawing(tree: Node) -> Drawing | None:
    return next((node for node in walk(tree) if isinstance(node, Drawing)), None)


def acts(tree: Node) -> set[object]:
    return {target.act for target, _ in targets(tree)}


def checks() -> list[PageCheckView]:
    found = [PageCheckView(FOUND, 5, 12, finding, corners=True) for finding in Finding]
    return [*found, *(replace(view, kept=True) for view in found)]


@pytest.mark.parametrize(("panel", "language", "size"), EVERY)
def test_a_page_and_what_is_asked_about_it_stand_together(panel: str, language: Language, size: TextSize) -> None:
    how = look(panel, language, size)
    views: list[PageCheckView | PageLookView] = [*checks(), PageLookView(A4, 1, 1, 2, 3, earlier=True, later=True)]
    for view in views:
        tree = arrange(Scene(Chrome(4, back=False), view), how, fonts())
        assert scroller(tree) is None
        (photo,) = photos(tree)
        assert how.panel.mm(photo.rect.h) >= 58.0 * how.zoom


@pytest.mark.parametrize(("panel", "language", "size"), EVERY)
def test_what_can_be_done_to_a_page_is_written_in_one_size(panel: str, language: Language, size: TextSize) -> None:
    how = look(panel, language, size)
    for view in checks():
        tree = arrange(Scene(Chrome(4, back=False), view), how, fonts())
        wanted = {Tapped(action) for action in (Action.TURN, Action.COVER, Action.CORNERS, Action.LIFT)}
        own = [target for target, _ in targets(tree) if target.act in wanted]
        assert len({node.size for target in own for node in walk(target) if isinstance(node, Words)}) == 1


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("page", [A4, TURNED, RECEIPT, FOUND])
def test_a_touch_enlarges_a_page_to_the_width_of_the_glass(panel: str, page: Page) -> None:
    how = look(panel)
    scene = Scene(Chrome(4, back=False), PageCheckView(page, 1, 1, Finding.NOTHING))
    assert LayerShown(ENLARGED) in acts(arrange(scene, how, fonts()))
    first = arrange(scene, how, fonts(), Touch(layer=ENLARGED))
    (photo,) = photos(first)
    assert photo.rect.w > 0.6 * how.panel.width_px
    assert [target.act for target, _ in targets(first) if target.primary] == [LayerShown("")]
    assert Tapped(Action.KEEP) not in acts(first)
    moving = scroller(first)
    if moving is None:  # all of it can be seen
        return
    windows = [(offset, offset + moving.rect.h) for offset in moving.pages]
    assert windows[0][0] == 0
    assert windows[-1][1] >= photo.rect.h
    assert all(one[1] - other[0] >= how.px(8) for one, other in pairwise(windows))


def test_a_page_is_read_part_by_part_and_closed_without_the_visit() -> None:
    visitor = Visitor()
    scene = Scene(Chrome(4, back=False), PageCheckView(A4, 1, 1, Finding.LOOKING))
    visitor.see(scene)
    whole = [spot.act for spot in visitor.window.targets()]
    assert visitor.tap(LayerShown(ENLARGED)) == [Touched()]
    top = visitor.window.pixels().tobytes()
    visitor.now += 1
    assert visitor.tap(Scrolled(1)) == [Touched()]
    assert visitor.window.pixels().tobytes() != top
    visitor.see(replace(scene, view=PageCheckView(A4, 1, 1, Finding.NOTHING)))  # found meanwhile: nothing jumps
    assert visitor.tap(LayerShown("")) == [Touched()]
    assert [spot.act for spot in visitor.window.targets()] == whole
    visitor.now += 1
    visitor.tap(LayerShown(ENLARGED))
    assert visitor.window.pixels().tobytes() == top
    visitor.window.close()


@pytest.mark.parametrize(("panel", "language", "size"), EVERY)
def test_what_becomes_of_the_picture_of_a_letter_is_always_said(panel: str, language: Language, size: TextSize) -> None:
    how = look(panel, language, size)
    for guidance in Guidance:
        tree = arrange(Scene(Chrome(4), LetterView(Sight(guidance))), how, fonts())
        said = "".join("".join(line.text for line in visible(tree)).split())
        assert "".join(plain(how.say("letter.kept")).split()) in said


@pytest.mark.parametrize(("panel", "language", "size"), EVERY)
def test_every_guidance_has_its_picture_and_the_view_stands_still(
    panel: str, language: Language, size: TextSize
) -> None:
    how = look(panel, language, size)
    for view in (
        ScanView(5, 1, Sight(Guidance.LOOKING), 4, 5, 9_512_345, 10_000_000),
        LetterView(Sight(Guidance.HAND)),
    ):
        trees = [arrange(Scene(Chrome(4), replace(view, sight=Sight(each))), how, fonts()) for each in Guidance]
        assert len({photos(tree)[0].rect for tree in trees}) == 1
        drawn = [drawing(tree) for tree in trees]
        assert all(each is not None and each.rect.h >= how.px(18) - 1 for each in drawn)
        assert not any(isinstance(node, Scroller) for tree in trees for node in walk(tree))


@st.composite
def papers(draw: st.DrawFn) -> PapersView:
    pages = tuple(draw(st.lists(st.sampled_from((A4, A4, TURNED, RECEIPT)), min_size=1, max_size=11)))
    ordinals = [(1, 1)]
    for begins in draw(st.lists(st.booleans(), min_size=len(pages) - 1, max_size=len(pages) - 1)):
        paper, leaf = ordinals[-1]
        ordinals.append((paper + 1, 1) if begins and paper < 5 else (paper, leaf + 1))
    count = ordinals[-1][0]
    return PapersView(pages, tuple(ordinals), count, 5, 9_512_345, 10_000_000, add=count < 5, join=draw(st.booleans()))


@settings(max_examples=25, deadline=None)
@given(papers(), st.sampled_from(EVERY))
def test_however_many_papers_there_are_they_are_shown_well(
    view: PapersView, glass: tuple[str, Language, TextSize]
) -> None:
    how, scene = look(*glass), Scene(Chrome(4), view)
    assert faults(scene, how) == set()
    seen: list[set[object]] = [acts_seen(tree) for tree in parts(scene, how)]
    pages = [{act.index for act in each if isinstance(act, ItemTapped)} for each in seen]
    assert set().union(*pages) == set(range(len(view.pages)))
    assert all(pages)  # no part shows nothing but a button
    assert Tapped(Action.NEXT) in seen[-1]
    for before in seen[:-1]:
        assert Tapped(Action.NEXT) not in before


def acts_seen(tree: Node) -> set[object]:
    """What can be touched now, as a whole."""
    return {target.act for target, rect in targets(tree) if rect == target.rect}


@pytest.mark.parametrize(("panel", "language"), [*product(PANELS, Language)])
def test_five_papers_stand_at_once_where_they_can_be_told_apart(panel: str, language: Language) -> None:
    pages, ordinals = (A4,) * 5, tuple((n, 1) for n in range(1, 6))
    view = PapersView(pages, ordinals, 5, 5, 9_512_345, 10_000_000, add=False, join=False)
    for size in (TextSize.SMALL, TextSize.NORMAL, TextSize.LARGE):
        how = look(panel, language, size)
        tree = arrange(Scene(Chrome(4), view), how, fonts())
        assert scroller(tree) is None
        assert all(photo.rect.h >= how.px(23) for photo in photos(tree))


@pytest.mark.parametrize(("panel", "language", "size"), EVERY)
def test_pages_are_called_alike_with_their_sizes_or_all_without(panel: str, language: Language, size: TextSize) -> None:
    view = PapersView((A4, TURNED), ((1, 1), (1, 2)), 1, 5, 2_800_000, 10_000_000, add=True, join=True)
    tree = arrange(Scene(Chrome(4), view), look(panel, language, size), fonts())
    names = [target for target, _ in targets(tree) if isinstance(target.act, ItemTapped)]
    sized = ["MB" in "".join(spoken_words(target)) for target in names]
    assert len(set(sized)) == 1


def spoken_words(node: Node) -> list[str]:
    return [line.text for line in walk(node) if isinstance(line, Words)]


@pytest.mark.parametrize(("panel", "language", "size"), EVERY)
def test_pages_are_reviewed_together_and_large(panel: str, language: Language, size: TextSize) -> None:
    view = ReviewView("", "S0102-20260228235959-00001", (("屋号", "見本商店"),), (A4,) * 5, 5, 9_512_345)
    how = look(panel, language, size)
    counts = []
    for tree in parts(Scene(Chrome(5), view), how):
        moving = scroller(tree)
        shown = [p for p in photos(tree) if moving is None or moving.rect.contains(p.rect)]
        counts.append(len(shown))
        assert all(photo.rect.h >= how.px(18) - 1 for photo in shown)
    assert counts[-1] == 5
    assert counts[:-1] == [0] * (len(counts) - 1)


@pytest.mark.parametrize(("panel", "language", "size"), EVERY)
def test_twelve_pages_are_as_large_and_each_is_shown_whole(panel: str, language: Language, size: TextSize) -> None:
    pages = tuple(replace(each, number=n) for n, each in enumerate((A4, TURNED, RECEIPT) * 4))
    view = ReviewView("", "S0102-20260228235959-00001", (("屋号", "見本商店"),), pages, 5, 9_512_345)
    how = look(panel, language, size)
    whole = set()
    for tree in parts(Scene(Chrome(5), view), how):
        moving = scroller(tree)
        shown = [p for p in photos(tree) if moving is None or moving.rect.contains(p.rect)]
        assert all(photo.rect.h >= how.px(17) for photo in shown)  # 18 mm with its frame, which a strip feels most
        whole |= {photo.page for photo in shown}
    assert whole == {page.number for page in pages}


@pytest.mark.parametrize(("panel", "language", "size"), LARGEST)
def test_what_staff_need_stands_in_one_place_whatever_has_failed(
    panel: str, language: Language, size: TextSize
) -> None:
    how, places = look(panel, language, size), set()
    for failure in Failure:
        view = TroubleView(failure, REMEDIES[failure].retry, page=3)
        tree = arrange(Scene(Chrome(4), view), how, fonts())
        (line,) = [line for line in visible(tree) if line.text.endswith(failure.name)]
        places.add((line.rect.x, line.rect.y))
        assert sum(failure.name in said for said in spoken_words(tree)) == 1
    assert len(places) == 1


@pytest.mark.parametrize(("panel", "language", "size"), LARGEST)
def test_every_failure_keeps_its_picture_in_the_largest_letters(panel: str, language: Language, size: TextSize) -> None:
    how = look(panel, language, size)
    for failure in Failure:
        view = TroubleView(failure, REMEDIES[failure].retry, page=3)
        drawn = drawing(arrange(Scene(Chrome(4), view), how, fonts()))
        assert drawn is not None, failure
        assert drawn.rect.h >= how.px(25) - 1, failure


@pytest.mark.parametrize(("panel", "language", "size"), EVERY)
def test_numbers_to_be_compared_stand_whole_and_at_once(panel: str, language: Language, size: TextSize) -> None:
    view = NumberOfferView("901234507", "S0101-20261102094512-10423")
    tree = arrange(Scene(Chrome(4, back=False), view), look(panel, language, size), fonts())
    assert {"901 234 507", view.receipt} <= {line.text for line in visible(tree)}
    assert scroller(tree) is None


@pytest.mark.parametrize(("panel", "language", "size"), EVERY)
def test_how_the_corners_are_moved_is_always_said(panel: str, language: Language, size: TextSize) -> None:
    how = look(panel, language, size)
    framed = Framed(1, 4320, 2880, ((0.27, 0.03), (0.72, 0.06), (0.73, 0.97), (0.27, 0.96)))
    tree = arrange(Scene(Chrome(4, back=False), CornersView(framed, 1, moving=False)), how, fonts())
    said = "".join("".join(spoken(tree)).split())
    for key in ("corners.title", "corners.lead"):
        assert "".join(plain(how.say(key)).split()) in said
    assert scroller(tree) is None
