"""Is this photograph good enough to be sent?

Each gate is one measure with two bounds: beyond the first the page is fine, beyond the second it is refused, between
them it passes with a doubt. Measures are ratios wherever that was possible, so that lamp and camera matter little.
Bounds lie where an OCR program begins to misread (`tests/figures/test_gates.py` prints what they let pass and what
they refuse). What explains the most is said first: a page in the dark is also blurred, a hand also cuts an edge off.
"""

from dataclasses import dataclass

import numpy as np

from kiosk.documents.find import DOUBTFUL, SURE, TrayView
from kiosk.documents.hand import Hand, hides_print
from kiosk.documents.measures import JUDGED_DPI, Measures, measure
from kiosk.documents.pixels import Corners, Floats, Pixels
from kiosk.documents.straighten import MM_PER_INCH, is_card
from kiosk.failures import Failure

__all__ = ["DARK", "GLARE", "JUDGED_DPI", "Judgement", "judge_outline", "judge_page", "judge_shadow", "touches_frame"]

_BESIDE = 0.005  # of the frame: a lighter thing beside the page is another paper
_AT_EDGE = 0.03  # of the frame's edge: lighter things go on beyond it
_SIDE = 0.6  # a side of which less is seen is none
_FADING = 0.3  # of the fall of light at a side: so much is gradual only where a shadow's edge was taken for a side
_FILLED = 0.95  # of the outline: two sheets leave a corner free


@dataclass(frozen=True, slots=True)
class Judgement:
    """The first reason to refuse the page, if there is one; doubts it passed with; the measures for the journal."""

    failure: Failure | None
    doubts: tuple[Failure, ...]
    measures: Measures


@dataclass(frozen=True, slots=True)
class _Gate:
    """Refused below `refuse`, doubtful below `fine`."""

    failure: Failure
    refuse: float
    fine: float


DARK = _Gate(Failure.PAGE_DARK, 85.0, 120.0)
_UNEVEN = _Gate(Failure.PAGE_DARK, 0.35, 0.5)
GLARE = _Gate(Failure.PAGE_GLARE, -0.0075, -0.003)
_BLANK = _Gate(Failure.PAGE_BLANK, 0.004, 0.02)
_BLUR = _Gate(Failure.PAGE_BLURRED, 5.0, 6.5)
_STEADY, _HARDLY = 0.78, 0.6  # sharpness that differs more between directions than that comes of moving
_LEFT = 2.2  # of sharpness: of less, much that is left is chance, and directions differ anyhow
_SHAKEN, _SHARPER = 0.64, 3.0  # where directions differ that much, that much more sharpness is asked for


def judge_outline(view: TrayView, frame_size: tuple[int, int], hand: Hand | None = None) -> Failure | None:
    """What is wrong with how the paper lies, in a frame of (width, height) pixels; `hand`: one that covers it."""
    wrong = _misplaced(view, frame_size)
    if wrong is None or hand is None:
        return wrong
    return None if _seen_whole(view, frame_size) else Failure.PAGE_FINGER


def judge_shadow(view: TrayView) -> Failure | None:
    """Whether a side of the outline is the edge of a shadow on the paper. On the tray alone: on any other ground light
    may fade for many reasons.
    """
    return Failure.PAGE_DARK if view.fading > _FADING else None


def touches_frame(corners: Floats, frame_size: tuple[int, int]) -> bool:
    """Whether a corner lies within half a percent of the frame's edge, or beyond."""
    size = np.array(frame_size, np.float32)
    return bool(((corners < 0.005 * size) | (corners > 0.995 * size)).any())


def judge_page(page: Pixels, dpi: int, hand: Hand | None = None, corners: Corners | None = None) -> Judgement:
    """What is wrong with the picture of a straightened page; `hand` covers a part of it, `corners` in that frame."""
    measures = measure(page, dpi)
    tall, wide = (side / dpi * MM_PER_INCH for side in page.shape[:2])
    gates = (
        (DARK, measures.brightness),
        *(() if is_card((wide, tall)) else ((_UNEVEN, measures.evenness),)),  # what is dark on a card is printed there
        (GLARE, -measures.glare),  # beside a shadow, what is lit looks burnt out
        (_BLANK, measures.ink),
        (_sharp_enough(measures), measures.sharpness),
    )
    refused = [gate.failure for gate, value in gates if value < gate.refuse]
    doubts = [gate.failure for gate, value in gates if gate.refuse <= value < gate.fine]
    if hand is not None and corners is not None:
        (refused if hides_print(hand, corners, page, dpi) else doubts).insert(0, Failure.PAGE_FINGER)
    return Judgement(refused[0] if refused else None, tuple(doubts), measures)


def _sharp_enough(measures: Measures) -> _Gate:
    """Letters of a smeared page are harder to tell than those of an equally soft one: the more directions differ, the
    sharper the page must be in the one where least is left.
    """
    if measures.steadiness >= (_STEADY if measures.sharpness > _LEFT else _HARDLY):
        return _BLUR
    more = _SHARPER * min(1.0, max(0.0, (_STEADY - measures.steadiness) / (_STEADY - _SHAKEN)))
    return _Gate(Failure.PAGE_MOVED, _BLUR.refuse + more, _BLUR.fine + more)


def _seen_whole(view: TrayView, frame_size: tuple[int, int]) -> bool:
    """Whether the page lies well, whatever lies beside it."""
    outline = view.outline
    if outline is None or outline.confidence < SURE or outline.framed:
        return False
    return min(outline.sides) >= _SIDE and not touches_frame(outline.corners, frame_size)


def _misplaced(view: TrayView, frame_size: tuple[int, int]) -> Failure | None:
    outline = view.outline
    if view.at_edge > _AT_EDGE:
        return Failure.PAGE_CUT_OFF
    if outline is None or outline.confidence < DOUBTFUL:
        return Failure.PAGE_NOT_FOUND
    if outline.framed or touches_frame(outline.corners, frame_size):
        return Failure.PAGE_CUT_OFF
    if view.beside > _BESIDE:
        return Failure.TWO_SHEETS
    if min(outline.sides) < _SIDE:  # around more than one thing, or around something that is no page
        real_sides = sum(side > _SIDE for side in outline.sides)
        return Failure.TWO_SHEETS if real_sides >= 2 and view.filled < _FILLED else Failure.PAGE_NOT_FOUND
    return None
