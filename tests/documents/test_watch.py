"""The live view says one true thing at a time. Seconds are handed in: no clock runs here."""

from dataclasses import replace

import numpy as np
import pytest

from drivers.bench.papers import Kind
from drivers.camera.tray import Air, Frame, Lying, Scene, render, small
from kiosk.documents.watch import Watcher
from kiosk.visit import Guidance, Sight
from tests.documents.trays import lying, photograph

EMPTY = small(photograph())
LETTER = small(photograph(lying(Kind.NOTICE)))
MOVED = small(photograph(lying(Kind.NOTICE, (230, 158))))


def told(frames: list[tuple[float, Frame]], watcher: Watcher | None = None) -> list[Guidance]:
    watcher, heard = watcher or Watcher(), []
    for now, frame in frames:
        watcher, sight = watcher.see(frame, now)
        heard.append(sight.guidance)
    return heard


def after(frame: Frame) -> Guidance:
    """What is said of a frame after an empty tray."""
    return told([(0.0, frame)], Watcher(seen_empty=True))[0]


def test_a_paper_is_laid_and_ready_after_a_second() -> None:
    assert told([(0.0, EMPTY), (1.0, LETTER), (1.5, LETTER), (1.99, LETTER), (2.0, LETTER)]) == [
        Guidance.LAY_A_PAPER,
        Guidance.HOLD_STILL,
        Guidance.HOLD_STILL,
        Guidance.HOLD_STILL,
        Guidance.READY,
    ]


def test_moving_begins_the_second_anew() -> None:
    frames = [(0.0, EMPTY), (1.0, LETTER), (1.9, MOVED), (2.5, MOVED), (3.0, MOVED)]
    assert told(frames)[-3:] == [Guidance.HOLD_STILL, Guidance.HOLD_STILL, Guidance.READY]


def test_a_paper_that_lay_there_before_is_not_looked_at_until_the_tray_was_empty() -> None:
    frames = [(0.0, LETTER), (9.0, LETTER), (10.0, EMPTY), (11.0, LETTER), (12.0, LETTER)]
    assert told(frames) == [
        Guidance.EMPTY_THE_TRAY,
        Guidance.EMPTY_THE_TRAY,
        Guidance.LAY_A_PAPER,
        Guidance.HOLD_STILL,
        Guidance.READY,
    ]


def test_after_a_page_was_kept_the_tray_must_be_empty_once() -> None:
    watcher, _ = Watcher(seen_empty=True).see(LETTER, 0.0)
    watcher, sight = watcher.see(LETTER, 5.0, need_empty=True)
    assert sight == Sight(Guidance.EMPTY_THE_TRAY)
    assert told([(6.0, LETTER), (7.0, EMPTY), (8.0, LETTER)], watcher) == [
        Guidance.EMPTY_THE_TRAY,
        Guidance.LAY_A_PAPER,
        Guidance.HOLD_STILL,
    ]


def test_the_outline_is_shown_as_fractions_of_the_frame() -> None:
    _, sight = Watcher(seen_empty=True).see(LETTER, 0.0)
    assert len(sight.outline) == 4
    assert all(0 <= part <= 1 for corner in sight.outline for part in corner)


def test_each_trouble_has_its_sentence() -> None:
    letter = lying(Kind.NOTICE, (150, 158))
    assert after(small(photograph(letter, lying(Kind.RECEIPT, (340, 150), 8)))) is Guidance.TWO_SHEETS
    assert after(small(photograph(letter, air=Air(light=0.25)))) is Guidance.TOO_DARK
    assert after(small(photograph(letter, air=Air(light=0.02)))) is Guidance.TOO_DARK
    assert after(small(photograph(lying(Kind.NOTICE), air=Air(glare=0.8)))) is Guidance.GLARE


@pytest.mark.parametrize(
    ("kind", "centre", "degrees", "way"),
    [
        (Kind.NOTICE, (60, 158), 0.7, Guidance.SLIDE_RIGHT),
        (Kind.NOTICE, (370, 158), 0.7, Guidance.SLIDE_LEFT),
        (Kind.NOTICE, (210, 100), 0.7, Guidance.SLIDE_DOWN),
        (Kind.NOTICE, (210, 230), 0.7, Guidance.SLIDE_UP),
        (Kind.RECEIPT, (200, 40), 0.7, Guidance.SLIDE_DOWN),
        (Kind.RECEIPT, (200, 235), 20.0, Guidance.SLIDE_UP),
        (Kind.RECEIPT, (20, 150), 80.0, Guidance.SLIDE_RIGHT),
    ],
    ids=str,
)
def test_a_paper_that_lies_too_far_out_is_led_back(
    kind: Kind, centre: tuple[float, float], degrees: float, way: Guidance
) -> None:
    assert after(small(photograph(lying(kind, centre, degrees)))) is way


def test_a_paper_that_is_larger_than_the_tray_has_no_way_to_go() -> None:
    assert after(small(photograph(lying(Kind.NOTICE, scale=1.4)))) is Guidance.CUT_OFF


@pytest.mark.parametrize("seed", range(6))
def test_a_hand_over_the_tray_is_asked_away_whosever_it_is(seed: int) -> None:
    laid = Scene((lying(Kind.FORM),), seed=seed, hand=0.5)
    assert after(small(render(laid))) is Guidance.HAND
    assert after(small(render(replace(laid, hand=0.0)))) is Guidance.HOLD_STILL


def test_an_envelope_of_the_colour_of_skin_is_a_paper() -> None:
    kraft = np.full((1200, 900, 3), (196, 152, 104), np.uint8)
    assert after(small(render(Scene((Lying(kraft, (150, 200), (200, 150), 5),))))) is Guidance.HOLD_STILL
    assert after(small(render(Scene((Lying(kraft, (100, 200), (200, 260), 5),))))) is Guidance.SLIDE_UP


def test_a_round_thing_is_no_page() -> None:
    y, x = np.mgrid[: EMPTY.shape[0], : EMPTY.shape[1]]
    plate = EMPTY.copy()
    plate[(x - 500) ** 2 + (y - 380) ** 2 < 200**2] = 210
    assert after(plate) is Guidance.NOT_FOUND


def test_a_page_is_ready_though_something_beside_it_keeps_moving() -> None:
    """A grey patch in the tray's corner comes and goes with every frame, so that nothing ever rests."""
    other = LETTER.copy()
    other[:60, :60] = 90
    frames = [(number / 15, (LETTER, other)[number % 2]) for number in range(20)]
    assert Guidance.READY in told(frames, Watcher(seen_empty=True))


def test_a_page_that_only_a_search_finds_again_is_ready_too() -> None:
    """A shadow comes and goes on it: it cannot be followed, and every second frame is searched."""
    shaded = LETTER.copy()
    shaded[300:440, 430:570] //= 4
    frames = [(number / 15, (LETTER, shaded)[number % 2]) for number in range(40)]
    assert Guidance.READY in told(frames, Watcher(seen_empty=True))


def test_after_a_pause_a_page_must_lie_still_anew() -> None:
    watcher, _ = Watcher(seen_empty=True).see(LETTER, 0.0)
    assert told([(9.0, LETTER), (9.9, LETTER), (10.0, LETTER)], watcher.blind()) == [
        Guidance.HOLD_STILL,
        Guidance.HOLD_STILL,
        Guidance.READY,
    ]


@pytest.mark.parametrize("shaken", [1, 2, 3, 4, 20])
def test_a_page_that_comes_back_to_where_it_lay_must_lie_still_anew(shaken: int) -> None:
    """It was moved too far for following, so that its place was doubted in between."""
    moved = [np.roll(LETTER, 30 + 50 * (number % 3), axis=1) for number in range(shaken)]
    frames = [*[LETTER] * 14, *moved, *[LETTER] * 20]
    heard = told([(number / 15, frame) for number, frame in enumerate(frames)], Watcher(seen_empty=True))
    assert heard.index(Guidance.READY) - (14 + shaken) >= 15


def test_a_page_that_leaps_away_in_the_last_moment_is_not_ready() -> None:
    """A second is over, but on this very frame it lies elsewhere."""
    leapt = np.roll(LETTER, 80, axis=1)
    for last, said in ((LETTER, Guidance.READY), (leapt, Guidance.HOLD_STILL)):
        frames = [(number / 15, frame) for number, frame in enumerate([*[LETTER] * 15, last])]
        assert told(frames, Watcher(seen_empty=True))[-1] is said
