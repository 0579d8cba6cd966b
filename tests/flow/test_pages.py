"""What is done to papers and their pages: kept, taken again, turned, covered, bound, put in order."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import effects as do
from kiosk import events as on
from kiosk import states as at
from kiosk import views as see
from kiosk.events import Action, Item, ItemTapped, Phase, Pointed
from kiosk.failures import Failure
from kiosk.flow.binding import exchanged, files, ordinals, turned, with_page, without
from kiosk.flow.papers import MOST_PAGES
from kiosk.flow.requests import limits
from kiosk.flow.views import view
from kiosk.states import Question
from kiosk.visit import Box, Framed, Guidance, Limits, Page, Sight
from tests.flow.chapters import numbers_known, photographed
from tests.flow.tale import Tale

NUMBER = Box(0.1, 0.2, 0.5, 0.25)
FRAMED = Framed(1, 4000, 3000, ((0.2, 0.1), (0.8, 0.1), (0.8, 0.9), (0.2, 0.9)))


def taken(tale: Tale, number: int = 1, framed: Framed | None = None) -> Tale:
    """A page that lies before the visitor."""
    tale.happens(on.TraySeen(Sight(Guidance.LAY_A_PAPER)), on.TraySeen(Sight(Guidance.READY)))
    return tale.answered(on.Photographed(Page(number, 2480, 3508, 900_000), framed)).stands(at.PageCheck).forget()


def three() -> Tale:
    """Three papers of one page each."""
    tale = photographed(photographed(numbers_known(), 1).happens(Action.ADD), 2).happens(Action.ADD)
    return photographed(tale, 3).forget()


def leaves(tale: Tale) -> tuple[do.Leaf, ...]:
    """What is asked to be packed."""
    pack = tale.effects[-1]
    assert isinstance(pack, do.Pack)
    return pack.leaves


def numbers(tale: Tale) -> list[int]:
    return [page.number for page in tale.state.dossier.pages]


# --- My Number ---


def test_a_my_number_that_is_found_is_covered_and_stays_so_when_the_page_is_kept() -> None:
    tale = taken(numbers_known()).found(NUMBER)
    shown = view(tale.state).view
    assert isinstance(shown, see.PageCheckView)
    assert (shown.finding, shown.page.suspected) == (see.Finding.SUSPECTED, (NUMBER,))
    tale.happens(Action.KEEP, Action.NEXT).stands(Question.PACK)
    assert leaves(tale) == (do.Leaf(1, (NUMBER,)),)


def test_what_is_no_my_number_is_uncovered_by_a_touch() -> None:
    tale = taken(numbers_known()).found(NUMBER).happens(Action.LIFT, Action.KEEP, Action.NEXT).stands(Question.PACK)
    assert leaves(tale) == (do.Leaf(1),)


def test_nobody_waits_for_the_reading_but_nothing_is_packed_before_it() -> None:
    tale = taken(numbers_known()).happens(Action.KEEP).stands(at.Papers).happens(Action.NEXT).stands(at.LookingOver)
    tale.found(NUMBER).stands(at.CoverCheck).wants()
    tale.happens(Action.NEXT).stands(at.CoverCheck).happens(Action.KEEP).stands(Question.PACK)
    assert leaves(tale) == (do.Leaf(1, (NUMBER,)),)


def test_a_clean_page_leads_straight_on() -> None:
    tale = taken(numbers_known()).happens(Action.KEEP, Action.NEXT).stands(at.LookingOver)
    tale.found().stands(Question.PACK)


def test_a_page_that_cannot_be_looked_through_is_shown_to_the_visitor() -> None:
    tale = taken(numbers_known()).happens(Action.KEEP)
    ticket = tale.state.dossier.pages[0].reading
    assert ticket is not None
    tale.happens(on.Answered(ticket, on.Failed(Failure.INTERNAL)), Action.NEXT).stands(at.CoverCheck)
    shown = view(tale.state).view
    assert isinstance(shown, see.PageCheckView)
    assert shown.finding is see.Finding.UNKNOWN
    tale.happens(Action.KEEP).stands(Question.PACK)


def test_a_reading_that_takes_for_ever_holds_nobody_up_and_hides_nothing() -> None:
    tale = taken(numbers_known()).happens(Action.KEEP, Action.NEXT, on.Elapsed(on.TimerKind.DEADLINE))
    tale.stands(at.CoverCheck)


def test_the_back_of_a_my_number_card_is_no_paper() -> None:
    tale = taken(numbers_known())
    assert isinstance(tale.state.stage, at.PageCheck)
    ticket = tale.state.stage.page.reading
    assert ticket is not None
    tale.happens(on.Answered(ticket, on.Failed(Failure.PAGE_MY_NUMBER_CARD)))
    tale.stands(at.PhotoRefused).wants(do.DiscardPage)
    assert tale.state.dossier.pages == ()
    tale.happens(Action.RETRY, on.TraySeen(Sight(Guidance.READY))).stands(at.Scanning)  # the card has to go first


def test_a_card_that_was_kept_in_haste_is_taken_out_before_anything_is_packed() -> None:
    tale = taken(photographed(numbers_known(), 1).happens(Action.ADD), 2).happens(Action.KEEP).forget()
    told_of_a_card(tale, 1).stands(at.PhotoRefused).wants(do.DiscardPage).happens(Action.RETRY).stands(
        at.Scanning
    )  # another paper
    tale.happens(Action.BACK, Action.NEXT).stands(Question.PACK)
    assert leaves(tale) == (do.Leaf(1),)


def told_of_a_card(tale: Tale, index: int) -> Tale:
    """The page there turns out to be one, when all have been handed over."""
    ticket = tale.state.dossier.pages[index].reading
    assert ticket is not None
    return tale.happens(Action.NEXT, on.Answered(ticket, on.Failed(Failure.PAGE_MY_NUMBER_CARD)))


def test_the_place_of_a_card_among_the_pages_of_a_paper_is_for_a_page_of_the_same() -> None:
    tale = taken(photographed(numbers_known(), 1).happens(Action.ADD_PAGE), 2).happens(Action.KEEP).forget()
    told_of_a_card(tale, 1).stands(at.PhotoRefused)
    photographed(tale.happens(Action.RETRY), 3)
    assert [(page.number, page.joins) for page in tale.state.dossier.pages] == [(1, False), (3, True)]


def test_a_card_found_late_makes_no_room_for_a_sixth_paper() -> None:
    tale = photographed(photographed(numbers_known(), 1).happens(Action.ADD), 2).happens(Action.ADD)
    tale = photographed(taken(tale, 3).happens(Action.KEEP, Action.ADD_PAGE), 4).happens(Action.ADD)
    tale = photographed(photographed(tale, 5).happens(Action.ADD), 6).forget()
    assert len(files(tale.state.dossier.pages)) == limits(tale.state).files == 5
    told_of_a_card(tale, 2).stands(at.Trouble).wants(do.DiscardPage).happens(Action.RETRY).stands(at.Papers)
    assert numbers(tale) == [1, 2, 4, 5, 6]
    assert len(files(tale.state.dossier.pages)) == 5


def test_what_was_found_turns_with_the_page() -> None:
    tale = taken(numbers_known()).found(NUMBER).happens(Action.TURN).wants(do.TurnPage).has_turned()
    assert isinstance(tale.state.stage, at.PageCheck)
    page = tale.state.stage.page
    assert (page.width_px, page.height_px) == (3508, 2480)
    assert page.suspected[0] == turned(NUMBER, 1)


def test_what_is_found_after_a_turn_lies_where_it_is_seen() -> None:
    tale = taken(numbers_known()).happens(Action.TURN)
    assert isinstance(tale.state.stage, at.PageCheck)
    reading = tale.state.stage.page.reading
    assert reading is not None
    tale.has_turned().happens(on.Answered(reading, on.PageRead((NUMBER,), 0)))
    assert isinstance(tale.state.stage, at.PageCheck)
    assert tale.state.stage.page.suspected == (turned(NUMBER, 1),)


# --- the finger ---


def test_a_finger_hides_what_it_draws_around() -> None:
    tale = taken(numbers_known()).found().happens(Action.COVER).stands(at.Covering)
    tale.happens(Pointed(0.5, 0.4, Phase.BEGUN), Pointed(0.3, 0.3, Phase.MOVED))
    shown = view(tale.state).view
    assert isinstance(shown, see.CoveringView)
    assert shown.draft == Box(0.3, 0.3, 0.5, 0.4)
    tale.happens(Pointed(-0.2, 0.3, Phase.ENDED), Action.CLOSE).stands(at.PageCheck)
    tale.happens(Action.KEEP, Action.NEXT).stands(Question.PACK)
    assert leaves(tale) == (do.Leaf(1, (Box(0.0, 0.3, 0.5, 0.4),)),)


def test_a_tap_hides_nothing_and_the_last_cover_can_be_taken_back() -> None:
    tale = taken(numbers_known()).found().happens(Action.COVER)
    tale.happens(Pointed(0.5, 0.5, Phase.BEGUN), Pointed(0.501, 0.5, Phase.ENDED), Action.CLOSE)
    tale.happens(Action.COVER, Pointed(0.1, 0.1, Phase.BEGUN), Pointed(0.2, 0.2, Phase.ENDED), Action.UNDO)
    tale.happens(Action.CLOSE, Action.KEEP, Action.NEXT).stands(Question.PACK)
    assert leaves(tale) == (do.Leaf(1),)


def test_a_page_that_is_looked_at_is_left_by_one_button() -> None:
    tale = three().happens(ItemTapped(Item.LOOK, 1)).stands(at.PageLook)
    assert not view(tale.state).chrome.back
    tale.happens(Action.CLOSE).stands(at.Papers)


def test_a_kept_page_is_covered_too() -> None:
    tale = three().happens(ItemTapped(Item.LOOK, 1), Action.COVER)
    tale.happens(Pointed(0.1, 0.1, Phase.BEGUN), Pointed(0.3, 0.2, Phase.ENDED), Action.CLOSE).stands(at.PageLook)
    tale.happens(Action.CLOSE, Action.NEXT)
    assert leaves(tale)[1].covers == (Box(0.1, 0.1, 0.3, 0.2),)


def test_corners_that_are_doubtful_are_shown_and_moved_by_the_finger() -> None:
    tale = numbers_known().happens(on.TraySeen(Sight(Guidance.LAY_A_PAPER)), on.TraySeen(Sight(Guidance.READY)))
    tale.answered(on.CornersDoubted(FRAMED)).stands(at.CornersSet).forget()
    tale.happens(Pointed(0.7, 0.2, Phase.BEGUN), Pointed(0.75, 0.15, Phase.MOVED), Pointed(0.75, 0.15, Phase.ENDED))
    tale.happens(Action.NEXT).stands(Question.STRAIGHTEN)
    (effect,) = tale.effects
    assert isinstance(effect, do.Straighten)
    assert effect.framed.corners[1] == pytest.approx((0.85, 0.05))
    assert effect.framed.corners[0] == (0.2, 0.1)
    tale.answered(on.Photographed(Page(1, 2480, 3508, 1), FRAMED)).stands(at.PageCheck)


def test_an_outline_that_is_wrong_is_set_by_hand() -> None:
    tale = taken(numbers_known(), framed=FRAMED).happens(Action.CORNERS).stands(at.CornersSet)
    tale.happens(Action.BACK).stands(at.Scanning).wants(do.DiscardPage)


def test_corners_of_which_no_page_comes_leave_no_pixels() -> None:
    tale = taken(numbers_known(), framed=FRAMED).happens(Action.CORNERS, Action.NEXT).forget()
    tale.answered(on.Failed(Failure.PAGE_BLURRED)).stands(at.PhotoRefused).wants(do.DiscardPage)


# --- order and binding ---


def test_a_page_is_taken_again_in_its_own_place_and_the_old_one_forgotten() -> None:
    tale = three().happens(ItemTapped(Item.LOOK, 1), Action.RETAKE).stands(at.Scanning)
    assert numbers(tale) == [1, 2, 3], "until the new one is kept the old one stands"
    photographed(tale, 9)
    assert numbers(tale) == [1, 9, 3]
    assert do.DiscardPage(2) in tale.effects


def test_papers_change_places() -> None:
    tale = three().happens(ItemTapped(Item.LOOK, 2), Action.EARLIER, Action.EARLIER, Action.EARLIER)
    assert numbers(tale) == [3, 1, 2]
    tale.happens(Action.LATER, Action.CLOSE)
    assert numbers(tale) == [1, 3, 2]


def test_another_page_of_the_same_paper_goes_into_the_same_file() -> None:
    tale = photographed(photographed(numbers_known(), 1).happens(Action.ADD_PAGE), 2).happens(Action.ADD)
    photographed(tale, 3).happens(Action.NEXT)
    assert [leaf.joins for leaf in leaves(tale)] == [False, True, False]
    shown = view(photographed(photographed(numbers_known(), 1).happens(Action.ADD_PAGE), 2).state).view
    assert isinstance(shown, see.PapersView)
    assert (shown.files, shown.ordinals) == (1, ((1, 1), (1, 2)))


def test_where_the_portal_takes_pictures_only_every_page_is_a_paper() -> None:
    tale = photographed(numbers_known(), 1)
    terms = tale.state.dossier.terms
    assert terms is not None
    pictures = replace(tale.state.dossier, terms=replace(terms, limits=Limits()))
    tale.state = replace(tale.state, dossier=pictures)
    tale.happens(Action.ADD_PAGE).stands(at.Papers)


def test_pages_of_a_visit_are_bounded() -> None:
    tale = photographed(numbers_known(), 1)
    for number in range(2, MOST_PAGES + 1):
        photographed(tale.happens(Action.ADD_PAGE), number)
    tale.happens(Action.ADD_PAGE).stands(at.Papers).happens(Action.ADD).stands(at.Papers)


def test_five_papers_are_the_most() -> None:
    tale = photographed(numbers_known(), 1)
    for number in range(2, 6):
        photographed(tale.happens(Action.ADD), number)
    tale.happens(Action.ADD).stands(at.Papers)
    photographed(tale.happens(Action.ADD_PAGE).stands(at.Scanning), 6)


PAGES = st.lists(st.booleans(), min_size=1, max_size=8).map(
    lambda joins: tuple(
        Page(number, 1, 1, 1, joins=join and number > 0) for number, join in enumerate(joins)
    )
)  # fmt: skip


@given(PAGES, st.data())
def test_no_page_is_lost_and_no_paper_begins_in_the_middle(pages: tuple[Page, ...], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(pages) - 1))
    other = data.draw(st.integers(0, len(pages) - 1))
    assert sum(map(len, files(pages))) == len(pages) == len(ordinals(pages))
    rest, swapped = without(pages, index), exchanged(pages, index, other)
    assert [page.number for page in rest] == [page.number for page in pages if page.number != index]
    assert not rest or not rest[0].joins
    assert sorted(page.number for page in swapped) == sorted(page.number for page in pages)
    assert [page.joins for page in swapped] == [page.joins for page in pages]
    assert len(files(pages)) - 1 <= len(files(rest)) <= len(files(pages))
    new = Page(99, 1, 1, 1)
    assert [page.joins for page in with_page(pages, new, index)] == [page.joins for page in pages]


@given(st.tuples(*(st.floats(0, 1) for _ in range(4))))
def test_four_turns_are_none(sides: tuple[float, float, float, float]) -> None:
    left, right = sorted(sides[::2])
    top, bottom = sorted(sides[1::2])
    box = Box(left, top, right, bottom)
    after = turned(turned(box, 3), 1)
    assert (after.left, after.top, after.right, after.bottom) == pytest.approx((left, top, right, bottom))
    assert turned(box, -1) == turned(box, 3)
