"""A page is followed from frame to frame: rightly where it moves, and given up at once where it is not what it was.

Fifteen frames a second; "at once" is on the frame that shows it, "in time" two frames later at most, because it takes a
search, "soon" within three tenths of a second.
"""

from collections.abc import Iterable
from dataclasses import replace

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.bench.papers import Kind
from drivers.camera.tray import (
    PREVIEW_SCALE,
    Air,
    Corners,
    Frame,
    Lying,
    Scene,
    corners_in_frame,
    grainy,
    render,
    small,
)
from kiosk.documents.find import DOUBTFUL, find_outline
from kiosk.documents.follow import Track, follow, followable
from kiosk.documents.reduced import shrunk, toned
from kiosk.visit import Guidance
from tests.documents.trays import jaccard, lying

FRAME = 1 / 15
SOON = 0.3
PHASES = pytest.mark.parametrize("phase", range(5))


def seen(*papers: Lying, air: Air | None = None, hand: float = 0.0) -> Frame:
    return small(render(Scene(papers, air or Air(), hand=hand)))


LETTER = lying(Kind.NOTICE)
BESIDE = lying(Kind.NOTICE, (130, 158))
EMPTY, LAID = seen(), seen(LETTER)
CORNERS = ((corners_in_frame(LETTER) + 0.5) / PREVIEW_SCALE - 0.5).astype(np.float32)


def pushed(right: float, down: float, turn: float = 0.0) -> tuple[Frame, Corners]:
    """The letter after a push by so many pixels and degrees, and where its corners are then."""
    way = cv2.getRotationMatrix2D((507, 380), turn, 1.0)
    way[:, 2] += np.array((right, down))
    frame = cv2.warpAffine(LAID, way, (1014, 760), borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(frame, np.uint8), np.asarray(cv2.transform(CORNERS[None], way)[0], np.float32)


def told(frames: Iterable[Frame], track: Track | None = None, begin: float = 0.0) -> list[Track]:
    """The tracks after each of the frames."""
    tracks: list[Track] = []
    for number, frame in enumerate(frames):
        track = follow(track, frame, begin + number * FRAME)
        tracks.append(track)
    return tracks


def after(first: Frame, then: Frame) -> Track:
    """What is known of a frame a fifteenth of a second after another was searched."""
    return told([then], follow(None, first, 0.0), FRAME)[0]


def in_time(first: Frame, then: Frame, phase: int) -> Track:
    """What is known two frames after a change that comes so many frames after a search; nothing is called good before
    it is known.
    """
    trembling = [np.roll(first, number % 2, axis=1) for number in range(phase + 1)]
    tracks = told([*trembling, then, then, then])
    for track in tracks[-3:-1]:
        assert track.glance.doubted or track.glance.sight == tracks[-1].glance.sight
    return tracks[-1]


def guidance(track: Track) -> Guidance:
    return track.glance.sight.guidance


def shared(track: Track, corners: Corners) -> float:
    assert track.outline is not None
    return jaccard(track.outline.corners, corners)


def in_preview(paper: Lying) -> Corners:
    return ((corners_in_frame(paper) + 0.5) / PREVIEW_SCALE - 0.5).astype(np.float32)


def test_while_nothing_changes_nothing_is_judged() -> None:
    first, *others = told(grainy(LAID, 2.0, seed) for seed in range(20))
    assert guidance(first) is Guidance.HOLD_STILL
    assert [replace(track, seen=0.0) for track in others] == [first] * 19


@pytest.mark.parametrize("push", [(4, 0, 0), (-4, 1, 0), (1, 1, 0.4)], ids=["right", "aslant", "turning"])
def test_a_paper_that_is_slid_is_followed_and_sought_four_times_a_second(push: tuple[float, float, float]) -> None:
    slid = [pushed(*(step * part for part in push)) for step in range(10)]
    tracks = told(frame for frame, _ in slid)
    searches = sorted({track.searched for track in tracks})
    assert max(np.diff([*searches, 10 * FRAME])) <= SOON + FRAME
    assert min(shared(track, corners) for track, (_, corners) in zip(tracks, slid, strict=True)) > 0.98
    assert {guidance(track) for track in tracks} == {Guidance.HOLD_STILL}


def test_a_page_that_was_followed_and_rests_is_sought_once_more() -> None:
    slid = [pushed(4 * step, 0)[0] for step in range(3)]
    tracks = told([*slid, *[slid[-1]] * 12])
    assert sorted({track.searched for track in tracks}) == pytest.approx([0.0, 4 * FRAME])
    assert tracks[-1].settled


@pytest.mark.parametrize(
    "other",
    [lying(Kind.NOTICE, (250, 150), 3), lying(Kind.RECEIPT, (120, 150), 17), lying(Kind.FORM, (205, 160), scale=0.9)],
    ids=["far away", "another paper", "a smaller one in its place"],
)
@PHASES
def test_a_paper_that_is_suddenly_elsewhere_is_found_in_time(other: Lying, phase: int) -> None:
    assert shared(in_time(LAID, seen(other), phase), in_preview(other)) > 0.98


@PHASES
def test_a_paper_that_is_taken_away_is_gone_in_time(phase: int) -> None:
    track = in_time(LAID, EMPTY, phase)
    assert track.outline is None
    assert guidance(track) is Guidance.LAY_A_PAPER


@PHASES
def test_a_paper_that_is_laid_is_found_in_time(phase: int) -> None:
    track = in_time(EMPTY, LAID, phase)
    assert guidance(track) is Guidance.HOLD_STILL
    assert shared(track, CORNERS) > 0.98


@PHASES
def test_a_second_paper_is_noticed_at_once_beside_the_first_and_in_time_across_it(phase: int) -> None:
    beside, across = (seen(BESIDE, lying(Kind.RECEIPT, *place)) for place in (((340, 150), 8), ((225, 170), 30)))
    assert guidance(after(seen(BESIDE), beside)) is Guidance.TWO_SHEETS
    assert guidance(in_time(seen(BESIDE), across, phase)) is Guidance.TWO_SHEETS


@pytest.mark.parametrize("reach", [0.2, 0.35, 0.5])
def test_a_hand_that_comes_in_is_noticed_at_once(reach: float) -> None:
    track = after(LAID, seen(LETTER, hand=reach))
    assert guidance(track) is Guidance.HAND
    assert guidance(told([LAID], track, 2 * FRAME)[0]) is Guidance.HOLD_STILL


def test_a_paper_that_is_pushed_out_of_the_frame_is_led_back_two_frames_later_at_most() -> None:
    frames = [pushed(-200 - 12 * step, 0)[0] for step in range(8)]
    said = [guidance(track) for track in told(frames)]
    searched = [guidance(follow(None, frame, 0.0)) for frame in frames]
    assert said[0] is Guidance.HOLD_STILL
    assert said[-1] is Guidance.SLIDE_RIGHT
    assert all(said[number] in searched[max(0, number - 2) : number + 1] for number in range(len(frames)))


@PHASES
def test_light_that_goes_out_is_noticed_in_time(phase: int) -> None:
    assert guidance(in_time(LAID, seen(LETTER, air=Air(light=0.02)), phase)) is Guidance.TOO_DARK


def test_light_that_fades_is_noticed_soon() -> None:
    fading = [np.asarray(cv2.convertScaleAbs(LAID, alpha=0.99**step), np.uint8) for step in range(121)]
    searched = [guidance(follow(None, frame, 0.0)) for frame in fading]
    assert {Guidance.HOLD_STILL, Guidance.TOO_DARK} <= set(searched)
    for number, track in enumerate(told(fading)):
        assert guidance(track) in searched[max(0, number - round(SOON / FRAME)) : number + 1]


def test_glare_is_noticed_at_once() -> None:
    assert guidance(after(LAID, seen(LETTER, air=Air(glare=0.8)))) is Guidance.GLARE


def test_what_only_a_search_can_tell_is_known_soon() -> None:
    """Here the track is made to believe that a page was followed to a little beside the real one."""
    track = follow(None, LAID, 0.0)
    assert track.outline is not None
    wrong = replace(track.outline, corners=track.outline.corners + 9)
    tracks = told([LAID] * 5, replace(track, outline=wrong, settled=False), FRAME)
    healed = [number for number, one in enumerate(tracks, 1) if shared(one, CORNERS) > 0.98]
    assert healed
    assert healed[0] * FRAME <= SOON


def test_a_page_is_followed_that_is_likelier_than_not_and_no_other() -> None:
    track = follow(None, LAID, 0.0)
    assert track.page is not None
    for confidence, goes_on in ((DOUBTFUL, True), (DOUBTFUL - 0.01, False)):
        page = followable(toned(shrunk(LAID)), replace(track.page.outline, confidence=confidence))
        moved = told([pushed(3, 0)[0]], replace(track, page=page), FRAME)[0]
        assert (moved.asked is None) is goes_on


def test_what_lies_within_the_page_is_not_overlooked_while_it_is_followed() -> None:
    dark = LAID.copy()
    middle = CORNERS.mean(axis=0).round().astype(int)
    cv2.rectangle(dark, middle - 70, middle + 70, (40, 40, 40), -1)
    assert after(LAID, np.roll(LAID, 2, axis=1)).asked is None
    assert after(LAID, dark).asked is not None


def test_another_camera_with_another_frame_is_judged_anew() -> None:
    track = follow(None, LAID, 0.0)
    frame = np.asarray(cv2.resize(seen(BESIDE), (640, 480), interpolation=cv2.INTER_AREA), np.uint8)
    again = follow(track, frame, 0.0)
    outline = find_outline(frame)
    assert outline is not None
    assert again.outline is not None
    np.testing.assert_allclose(again.outline.corners, outline.corners)


def test_what_the_network_said_before_a_pause_is_not_ranked_after_it() -> None:
    """The camera was away; another paper lies there since."""
    asked = after(EMPTY, seen(BESIDE))
    assert asked.asked is not None
    track = follow(asked, LAID, 9.0)
    assert track.searched == 9.0
    assert shared(track, CORNERS) > 0.98


def test_what_is_in_doubt_is_looked_at_again_when_it_rests_and_only_then() -> None:
    half_out = seen(lying(Kind.NOTICE, (60, 158)))
    sure = find_outline(half_out)
    assert sure is not None
    trembling = [np.roll(half_out, number % 2, axis=0) for number in range(6)]
    tracks = told([EMPTY, *trembling, *[half_out] * 5])
    assert all(one.outline is None or one.outline.confidence != sure.confidence for one in tracks[:7])
    resting = tracks[7:]
    assert {one.searched for one in resting[2:]} == {resting[1].searched}
    assert resting[1].outline is not None
    assert resting[1].outline.confidence == sure.confidence


def test_after_one_odd_frame_the_page_is_good_again() -> None:
    """It comes when a search of the frame before has just ended, so that the next one is as the searched one was."""
    odd = pushed(60, 0)[0]
    tracks = told([LAID, np.roll(LAID, 1, axis=1), LAID, LAID, odd, *[LAID] * 6])
    assert [track.glance.doubted for track in tracks[3:6]] == [False, True, True]
    assert not tracks[-1].glance.doubted
    assert guidance(tracks[-1]) is Guidance.HOLD_STILL


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9), st.floats(-1.0, 1.0)), min_size=5, max_size=5))
def test_however_a_paper_is_pushed_the_outline_is_that_of_a_search(steps: list[tuple[float, float, float]]) -> None:
    """Of the frame itself; of the one before where a search has just ended; of the one before that where the next one
    has begun. Once the paper rests, of the frame itself.
    """
    frames = [LAID, *(pushed(*at)[0] for at in np.cumsum(steps, axis=0).tolist())]
    *moving, first_at_rest, _ = told([*frames, *[frames[-1]] * 7])
    for number, track in enumerate(moving[: len(frames)]):
        late = track.glance.doubted
        assert any(_alike(track, frame) for frame in frames[max(0, number - 1 - late) : number + 1])
    assert _alike(first_at_rest, frames[-1])


def _alike(track: Track, frame: Frame) -> bool:
    """Whether a search of the frame tells the same."""
    other = follow(None, frame, 0.0)
    assert track.outline is not None
    assert other.outline is not None
    shared = jaccard(track.outline.corners, other.outline.corners)
    return shared > 0.99 and guidance(track) is guidance(other)
