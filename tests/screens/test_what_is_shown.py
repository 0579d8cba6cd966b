"""Steps 2 to 5 as stories: what a visitor reads, and which buttons lead on."""

from dataclasses import replace

import pytest

from kiosk.events import Action, Held, Item, ItemTapped, Tapped
from kiosk.failures import REMEDIES, Failure
from kiosk.views import (
    CardReadyView,
    CardTroubleView,
    Chrome,
    CoveringView,
    DoneView,
    FarewellView,
    Finding,
    IdentityView,
    LastTryView,
    LayCardView,
    PageCheckView,
    PageLookView,
    PapersView,
    PasswordStopView,
    ReviewView,
    ScanView,
    Scene,
    TakeCardView,
    TroubleView,
    View,
)
from kiosk.visit import (
    Attributes,
    BirthDate,
    Box,
    Ending,
    Guidance,
    Language,
    Page,
    Password,
    Sex,
    Sight,
    TextSize,
    Tries,
)
from screens.done import grouped
from screens.layout import Touch
from screens.look import Tone
from screens.megabytes import megabytes
from screens.nodes import Act, Node, Photo, Scrolled, Shape, moves, scroller, spoken, targets, walk
from screens.registry import arrange
from tests.screens.checks import parts
from tests.screens.glasses import fonts, look

INSIDE = Chrome(4)
PAGES = tuple(Page(n, 1654, 2339, 1_900_000) for n in (7, 8, 9))


def shown(view: View, chrome: Chrome = INSIDE, language: Language = Language.JA, scroll: int = 0) -> Node:
    return arrange(Scene(chrome, view), look(language=language), fonts(), Touch(scroll=scroll))


def read(tree: Node) -> str:
    return "".join(spoken(tree))


def acts(tree: Node) -> set[Act]:
    return {target.act for target, _ in targets(tree)}


PEOPLE = [
    Attributes("𠮷田 髙子", "東京都千代田区架空町1-2-3", BirthDate(1949, 3, 8), Sex.FEMALE),
    Attributes(
        "渡邉\U000e0102 﨑之介", "京都市上京区架空通今出川上る東入架空町" * 4, BirthDate(1951, 12, 31), Sex.MALE
    ),
    Attributes("見本 ツル", "青森県青森市架空1-1", BirthDate(1926, None, None), Sex.FEMALE),
    Attributes("仮名 渡", "国外転出 大韓民国", BirthDate(1989, 1, 7), Sex.NOT_APPLICABLE),
]


@pytest.mark.parametrize("person", PEOPLE, ids=["beyond the BMP", "variation sequence", "day unknown", "abroad"])
@pytest.mark.parametrize("language", list(Language))
def test_name_and_address_are_shown_exactly_in_every_language(person: Attributes, language: Language) -> None:
    tree = shown(IdentityView(person), Chrome(3, back=False), language)
    words = read(tree).replace(" ", "")
    assert person.name.replace(" ", "") in words
    assert person.address.replace(" ", "") in words


@pytest.mark.parametrize("language", list(Language))
def test_a_character_that_no_face_has_is_told(language: Language) -> None:
    whole, odd = PEOPLE[0], replace(PEOPLE[0], name="見本 \U000f0000")
    assert "〓" not in read(shown(IdentityView(whole), Chrome(3, back=False), language))
    assert "〓" in read(shown(IdentityView(odd), Chrome(3, back=False), language))


def test_a_long_address_is_reached_by_scrolling() -> None:
    person = replace(PEOPLE[1], address="架空町" * 80)
    first = scroller(shown(IdentityView(person)))
    assert first is not None
    last = scroller(shown(IdentityView(person), scroll=first.pages[-1]))
    assert last is not None
    assert "男性" in read(last)
    assert last.offset == first.pages[-1]


def test_tries_are_words_and_colours() -> None:
    words = read(shown(CardReadyView(Tries(3, 2)), Chrome(2, back=False)))
    assert words.index("利用者証明用電子証明書パスワード") < words.index("あと3回") < words.index("あと2回")
    assert "ロック" in read(shown(CardReadyView(Tries(0, 3)), Chrome(2, back=False)))
    assert "未設定" in read(shown(CardReadyView(Tries(3, None)), Chrome(2, back=False)))


def test_the_last_try_is_spent_only_by_holding() -> None:
    tree = shown(LastTryView(Password.AUTHENTICATION), Chrome(2, back=False))
    assert {Held(Action.YES), Tapped(Action.FINISH)} <= acts(tree)
    assert Tapped(Action.YES) not in acts(tree)
    assert [target.act for target, _ in targets(tree) if target.primary] == [Tapped(Action.FINISH)]


def test_a_locked_password_names_the_office_and_the_stores_only_where_there_are_some() -> None:
    def words(password: Password, stores: str) -> str:
        return read(shown(PasswordStopView(Failure.PASSWORD_LOCKED, password, stores, card_lies_there=True)))

    assert "架空ストア" in words(Password.AUTHENTICATION, "架空ストア")
    assert "予約" not in words(Password.AUTHENTICATION, "")
    assert "架空ストア" not in words(Password.ATTRIBUTES, "架空ストア")
    assert "窓口だけ" in words(Password.ATTRIBUTES, "架空ストア")


@pytest.mark.parametrize("size", TextSize)
def test_where_a_password_is_stopped_the_card_comes_first_and_the_end_last(size: TextSize) -> None:
    view = PasswordStopView(Failure.PASSWORD_LOCKED, Password.AUTHENTICATION, "架空ストア", card_lies_there=True)
    trees = list(parts(Scene(Chrome(2, back=False), view), look(text_size=size)))
    words = [read(tree) for tree in trees]
    assert "カードをお取りください" in words[0]
    assert words[0].index("カードをお取りください") < words[0].index("住民票")
    assert "架空ストア" in words[-1]
    assert [Tapped(Action.FINISH) in acts(tree) for tree in trees] == [tree is trees[-1] for tree in trees]


@pytest.mark.parametrize("view", [LayCardView(stale=False), LayCardView(stale=True), TakeCardView()])
def test_pictures_of_the_card_move_unless_the_visitor_wants_rest(view: View) -> None:
    wanted = look()
    resting = replace(wanted, preferences=replace(wanted.preferences, reduced_motion=True))
    assert moves(arrange(Scene(INSIDE, view), wanted, fonts()))
    assert not moves(arrange(Scene(INSIDE, view), resting, fonts()))


def test_the_live_view_stays_where_it_is_while_the_guidance_changes() -> None:
    def frame(guidance: Guidance) -> Photo:
        tree = shown(ScanView(2, 1, Sight(guidance), 1, 5, 2_100_000, 10_000_000))
        return next(node for node in walk(tree) if isinstance(node, Photo))

    assert len({frame(guidance).rect for guidance in Guidance}) == 1
    assert frame(Guidance.HOLD_STILL).good
    assert not frame(Guidance.GLARE).good


PAPERS = PapersView(PAGES, ((1, 1), (1, 2), (2, 1)), 2, 5, 5_700_000, 10_000_000, add=True, join=True)


def test_every_page_can_be_looked_at() -> None:
    tree = shown(PAPERS)
    assert {ItemTapped(Item.LOOK, index) for index in range(3)} <= acts(tree)
    assert [node.page for node in walk(tree) if isinstance(node, Photo)] == [7, 8, 9]
    assert {Tapped(Action.ADD), Tapped(Action.ADD_PAGE), Tapped(Action.NEXT), Tapped(Action.BACK)} <= acts(tree)


def test_a_page_that_is_looked_at_can_be_turned_covered_moved_taken_again_and_taken_out() -> None:
    tree = shown(PageLookView(PAGES[1], 1, 1, 2, 2, earlier=True, later=True))
    wanted = (Action.TURN, Action.COVER, Action.RETAKE, Action.EARLIER, Action.LATER, Action.CLOSE)
    assert {*map(Tapped, wanted), ItemTapped(Item.REMOVE, 1)} <= acts(tree)


def test_what_is_covered_is_covered_wherever_the_page_is_shown() -> None:
    page = replace(PAGES[0], covers=(Box(0.1, 0.1, 0.5, 0.2),), suspected=(Box(0.1, 0.5, 0.5, 0.6),))
    for view in (
        PageCheckView(page, 1, 1, Finding.SUSPECTED),
        PageLookView(page, 0, 1, 1, 1, earlier=False, later=False),
        CoveringView(page, None),
        PapersView((page,), ((1, 1),), 1, 5, 1, 10_000_000, add=True, join=False),
    ):
        tree = shown(view)
        (photo,) = (node.rect for node in walk(tree) if isinstance(node, Photo))
        covers = [node.rect for node in walk(tree) if isinstance(node, Shape) and node.fill is Tone.COVER]
        assert len(covers) == 2
        for cover, box in zip(covers, (*page.covers, *page.suspected), strict=True):
            assert cover.x <= photo.x + box.left * photo.w
            assert cover.right >= photo.x + box.right * photo.w - 1
            assert cover.y <= photo.y + box.top * photo.h


def test_a_my_number_that_is_none_can_be_lifted_only_where_something_was_found() -> None:
    lift = Tapped(Action.LIFT)
    assert lift in acts(shown(PageCheckView(PAGES[0], 1, 1, Finding.SUSPECTED)))
    assert lift not in acts(shown(PageCheckView(PAGES[0], 1, 1, Finding.NOTHING)))


def test_no_page_is_added_beyond_the_limit() -> None:
    assert Tapped(Action.ADD) not in acts(shown(replace(PAPERS, files_limit=2, add=False)))


def test_without_pages_the_one_thing_to_do_is_to_add_one() -> None:
    tree = shown(PapersView((), (), 0, 5, 0, 10_000_000, add=True, join=False))
    assert [target.act for target, _ in targets(tree) if target.primary] == [Tapped(Action.ADD)]
    assert Tapped(Action.NEXT) not in acts(tree)


@pytest.mark.parametrize("size", [TextSize.NORMAL, TextSize.LARGEST])
def test_nothing_is_submitted_before_all_of_it_has_stood_on_the_glass(size: TextSize) -> None:
    """So it is with the notice, the consent and the identity."""
    view = ReviewView("", "S0102-20260228235959-00001", (("屋号", "見本商店"),), PAGES, 3, 5_700_000)
    scene, how = Scene(Chrome(5), view), look(text_size=size)
    *before, last = parts(scene, how)
    assert len(before) >= 1
    assert [Tapped(Action.SUBMIT) in acts(tree) for tree in before] == [False] * len(before)
    assert all(Scrolled(1) in [target.act for target, _ in targets(tree) if target.primary] for tree in before)
    assert Tapped(Action.SUBMIT) in acts(last)


def test_every_value_can_be_changed_before_it_is_submitted() -> None:
    view = ReviewView("901234507", "S0101-20261102094512-10423", (("屋号", "見本商店"),), PAGES, 3, 5_700_000)
    tree = arrange(Scene(Chrome(5), view), look("15.6-landscape"), fonts())
    words = read(tree)
    assert "901 234 507" in words
    assert "S0101-20261102094512-10423" in words
    assert "見本商店" in words
    changes = {Action.CHANGE_CONTRACT, Action.CHANGE_RECEIPT, Action.CHANGE_FIELDS, Action.CHANGE_PAPERS}
    assert {Tapped(action) for action in changes | {Action.SUBMIT}} <= acts(tree)


def test_an_applicant_sees_that_no_contract_number_is_needed() -> None:
    assert "入力不要" in read(shown(ReviewView("", "S0102-20260228235959-00001", (), PAGES, 3, 5_700_000)))


def test_the_number_is_shown_where_it_was_given_and_promised_by_mail_where_not() -> None:
    assert "0101-2026-1122-00421" in read(shown(DoneView("0101-2026-1122-00421"), Chrome(5, False, False)))
    assert "申込番号は、ご登録のメールアドレスにお知らせします" in read(shown(DoneView(None), Chrome(5, False, False)))
    assert grouped("202611220042") == "2026 1122 0042"
    assert grouped("0101-2026-1122-00421") == "0101-2026-1122-00421"


@pytest.mark.parametrize("erased", [True, False])
def test_erased_is_said_only_when_it_is(erased: bool) -> None:
    for view in (FarewellView(Ending.LEFT, erased, card_lies_there=False), DoneView(None, erased=erased)):
        assert ("消去しました" in read(shown(view, Chrome(None, False, False)))) is erased


@pytest.mark.parametrize("failure", list(Failure))
def test_a_failure_tells_what_happened_and_leads_on(failure: Failure) -> None:
    remedy = REMEDIES[failure]
    tree = shown(TroubleView(failure, remedy.retry), Chrome(4, back=remedy.retry))
    on = Tapped(Action.RETRY if remedy.retry else Action.FINISH)
    assert [target.act for target, _ in targets(tree) if target.primary] == [on]
    assert (Tapped(Action.BACK) in acts(tree)) is remedy.retry
    assert failure.name in read(tree)


def test_the_largest_page_is_named_where_it_is_known() -> None:
    assert "書類3" in read(shown(TroubleView(Failure.BUDGET_EXCEEDED, retry=True, page=3)))
    assert "書類3" not in read(shown(TroubleView(Failure.BUDGET_EXCEEDED, retry=True)))


def test_a_card_that_lies_there_is_asked_again_by_a_touch_and_one_that_does_not_by_laying_it() -> None:
    chrome = Chrome(2, back=False)
    lying = shown(CardTroubleView(Failure.CARD_WRONG_KIND, card_lies_there=True), chrome)
    absent = shown(CardTroubleView(Failure.CARD_PULLED, card_lies_there=False), chrome)
    over = shown(CardTroubleView(Failure.CERTIFICATE_EXPIRED, card_lies_there=True), chrome)
    assert Tapped(Action.RETRY) in acts(lying)
    assert Tapped(Action.RETRY) not in acts(absent)
    assert "自動で進みます" in read(absent)
    assert "カードをお取りください" in read(over)
    assert Tapped(Action.FINISH) in acts(over)


@pytest.mark.parametrize(
    ("size", "written"),
    [(0, "0.0"), (1, "0.1"), (99_999, "0.1"), (2_100_000, "2.1"), (9_999_999, "10"), (10_000_000, "10")],
)
def test_a_budget_is_never_shown_smaller_than_it_is_used(size: int, written: str) -> None:
    assert megabytes(size) == written
