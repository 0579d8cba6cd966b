"""A page is followed from frame to frame: rightly where it moves, and given up at once where it is not what it was.

Fifteen frames a second; "at once" is on the frame that shows it, "on the next frame" on the one after that one, because
it takes a search, "soon" within three tenths of a second.
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
from kiosk.documents.find import find_outline
from kiosk.documents.follow import SEARCH_SECONDS, Track, follow
from kiosk.visit import Guidance
from tests.documents.trays import jaccard, lying

FRAME = 1 / 15
SOON = 0.3


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


def in_two(first: Frame, then: Frame) -> Track:
    """What is known two fifteenths after, when the search is over that began on the frame between."""
    between, at_last = told([then, then], follow(None, first, 0.0), FRAME)
    assert between.glance.good is None
    assert at_last.searched == 2 * FRAME
    return at_last


def guidance(track: Track) -> Guidance:
    return track.glance.sight.guidance


def shared(track: Track, corners: Corners) -> float:
    assert track.view.outline is not None
    return jaccard(track.view.outline.corners, corners)


def in_preview(paper: Lying) -> Corners:
    return ((corners_in_frame(paper) + 0.5) / PREVIEW_SCALE - 0.5).astype(np.float32)


def test_while_nothing_changes_nothing_is_judged_but_four_times_a_second() -> None:
    frames = [grainy(LAID, 2.0, seed) for seed in range(9)]
    tracks = told(frames)
    searches = sorted({track.searched for track in tracks})
    assert searches == pytest.approx([0.0, 4 * FRAME, 8 * FRAME])
    assert searches[1] >= SEARCH_SECONDS
    assert tracks[0].glance is tracks[3].glance
    assert {guidance(track) for track in tracks} == {Guidance.HOLD_STILL}


@pytest.mark.parametrize("push", [(4, 0, 0), (-4, 2, 0), (1, 1, 0.4)], ids=["right", "aslant", "turning"])
def test_a_paper_that_is_slid_is_followed_without_a_search(push: tuple[float, float, float]) -> None:
    slid = [pushed(*(step * part for part in push)) for step in range(4)]
    tracks = told(frame for frame, _ in slid)
    assert {track.searched for track in tracks} == {0.0}
    assert tracks[1] is not tracks[0]
    assert min(shared(track, corners) for track, (_, corners) in zip(tracks, slid, strict=True)) > 0.985


@pytest.mark.parametrize(
    "other",
    [lying(Kind.NOTICE, (250, 150), 3), lying(Kind.RECEIPT, (120, 150), 17), lying(Kind.FORM, (205, 160), scale=0.9)],
    ids=["far away", "another paper", "a smaller one in its place"],
)
def test_a_paper_that_is_suddenly_elsewhere_is_found_on_the_next_frame(other: Lying) -> None:
    track = in_two(LAID, seen(other))
    assert shared(track, in_preview(other)) > 0.98


def test_a_paper_that_is_taken_away_is_gone_on_the_next_frame() -> None:
    track = in_two(LAID, EMPTY)
    assert track.view.outline is None
    assert guidance(track) is Guidance.LAY_A_PAPER


def test_a_paper_that_is_laid_is_found_on_the_next_frame() -> None:
    track = in_two(EMPTY, LAID)
    assert guidance(track) is Guidance.HOLD_STILL
    assert shared(track, CORNERS) > 0.98


def test_a_second_paper_beside_is_noticed_at_once_and_one_across_on_the_next_frame() -> None:
    beside, across = (seen(BESIDE, lying(Kind.RECEIPT, *place)) for place in (((340, 150), 8), ((225, 170), 30)))
    assert guidance(after(seen(BESIDE), beside)) is Guidance.TWO_SHEETS
    assert guidance(in_two(seen(BESIDE), across)) is Guidance.TWO_SHEETS


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


def test_light_that_goes_out_is_noticed_on_the_next_frame_and_light_that_fades_soon() -> None:
    assert guidance(in_two(LAID, seen(LETTER, air=Air(light=0.02)))) is Guidance.TOO_DARK
    fading = [np.asarray(cv2.convertScaleAbs(LAID, alpha=0.99**step), np.uint8) for step in range(121)]
    searched = [guidance(follow(None, frame, 0.0)) for frame in fading]
    assert {Guidance.HOLD_STILL, Guidance.TOO_DARK} <= set(searched)
    for number, track in enumerate(told(fading)):
        assert guidance(track) in searched[max(0, number - round(SOON / FRAME)) : number + 1]


def test_glare_is_noticed_at_once() -> None:
    assert guidance(after(LAID, seen(LETTER, air=Air(glare=0.8)))) is Guidance.GLARE


def test_what_only_a_search_can_tell_is_known_soon() -> None:
    """Here the track is made to believe in a page that lies a little beside the real one."""
    track = follow(None, LAID, 0.0)
    assert track.view.outline is not None
    wrong = replace(track.view, outline=replace(track.view.outline, corners=track.view.outline.corners + 9))
    tracks = told([LAID] * 5, replace(track, view=wrong), FRAME)
    healed = [number for number, one in enumerate(tracks, 1) if shared(one, CORNERS) > 0.98]
    assert healed
    assert healed[0] * FRAME <= SOON


def test_another_camera_with_another_frame_is_judged_anew() -> None:
    track = follow(None, LAID, 0.0)
    frame = np.asarray(cv2.resize(seen(BESIDE), (640, 480), interpolation=cv2.INTER_AREA), np.uint8)
    again = follow(track, frame, 0.0)
    outline = find_outline(frame)
    assert outline is not None
    assert again.view.outline is not None
    np.testing.assert_allclose(again.view.outline.corners, outline.corners)


def test_what_the_network_said_before_a_pause_is_not_ranked_after_it() -> None:
    """The camera was away; another paper lies there since."""
    asked = after(EMPTY, seen(BESIDE))
    assert asked.asked is not None
    track = follow(asked, LAID, 9.0)
    assert track.searched == 9.0
    assert shared(track, CORNERS) > 0.98


def test_a_frame_after_which_nothing_is_known_is_not_good_enough_for_a_photograph() -> None:
    first = follow(None, LAID, 0.0)
    assert first.glance.good is not None
    lost = told([pushed(60, 0)[0]], first, FRAME)[0]
    assert lost.glance == replace(first.glance, good=None)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9), st.floats(-1.0, 1.0)), min_size=5, max_size=5))
def test_however_a_paper_is_pushed_the_outline_is_that_of_a_search(steps: list[tuple[float, float, float]]) -> None:
    """Of the frame itself, or of the one before it: where a search has begun or has just ended."""
    frames = [LAID, *(pushed(*at)[0] for at in np.cumsum(steps, axis=0).tolist())]
    tracks = told(frames)
    for number, track in enumerate(tracks):
        late = track.glance.good is None
        candidates = [follow(None, frame, 0.0) for frame in frames[max(0, number - 1 - late) : number + 1]]
        assert any(guidance(track) is guidance(sought) and _shared(track, sought) > 0.99 for sought in candidates)


def _shared(track: Track, other: Track) -> float:
    assert track.view.outline is not None
    assert other.view.outline is not None
    return jaccard(track.view.outline.corners, other.view.outline.corners)
