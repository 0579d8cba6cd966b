"""Find the page in a frame.

Candidates come from three sides. A small trained network says roughly where a page is, whatever it lies on
(`network`). Thresholds say what is lighter than the ground or has another colour: on the terminal's matt dark tray
that is nearly always the page itself. Only where nothing convinces yet does the network look again, from other sides,
and are straight lines (LSD) paired into quadrilaterals as well: white on white, a page under another. All candidates
are ranked by the same measures (`rank`), the best is fitted to the full frame (`sides`), and how likely it is to be
right is said after the fit.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from kiosk.documents import network
from kiosk.documents.lines import quads_from_lines
from kiosk.documents.pixels import Corners, Floats, as_rgb
from kiosk.documents.quads import clockwise, plausible
from kiosk.documents.rank import WEIGHTS, Weights, chance, score, winner
from kiosk.documents.reduced import Reduced, reduced
from kiosk.documents.sides import fading, refit, support
from kiosk.documents.thresholds import beside, filled, paper_like, quads_from_masks

SURE = 0.98
"""From this confidence on the outline is used as it is."""
DOUBTFUL = 0.5
"""Below this confidence the outline is a guess, good for handles to be moved and for nothing else."""

_PREVIEW = 1100  # long side of a picture that is looked at fifteen times a second
_BARE = 0.004  # of the frame: less than this is dust
_GUESS = 0.03  # below this nothing is answered
_WORSE = 2.0  # of the score: by so much less like a page may the fitted outline look


@dataclass(frozen=True, slots=True)
class Outline:
    """A page in a frame: corners in pixels, clockwise from upper left as it lies; `sides` seen, as shares."""

    corners: Corners = field(repr=False)
    confidence: float
    sides: tuple[float, float, float, float]
    framed: bool = False  # a side runs along the frame's edge: the page goes on beyond


@dataclass(frozen=True, slots=True)
class TrayView:
    """What lies in a frame. Light things are taken for paper: on our tray everything else is darker."""

    outline: Outline | None
    covered: float  # share of the frame that is not ground
    beside: float  # share of the frame that the largest light thing beside the page covers
    filled: float  # share of the outline that is light
    at_edge: float  # share of the frame's edge that is light
    brightest: int  # lightness that a hundredth of the frame exceeds
    fading: float = 0.0  # of the outline's softest side, see `sides.fading`


_NOTHING = TrayView(None, 0.0, 0.0, 0.0, 0.0, 0)


def find_outline(frame: npt.NDArray[np.generic]) -> Outline | None:
    """The page's outline, or None. Any array may be given."""
    return view_tray(frame).outline


class Look(NamedTuple):
    """A frame as it is searched, and what the network says of it."""

    at: Reduced
    seen: network.Maps


class Found(NamedTuple):
    """A candidate in pixels of the reduced picture, and all that was measured of it."""

    quad: Corners
    measured: Floats
    sides: tuple[float, float, float, float]
    framed: bool


def view_tray(frame: npt.NDArray[np.generic]) -> TrayView:
    """Page, covering and other papers of a frame (any array)."""
    picture = as_rgb(frame)
    return _NOTHING if picture is None else view_of(reduced(picture))


def view_of(at: Reduced) -> TrayView:
    """The same of a frame that is reduced already."""
    return laid_out(at, sought(looked(at)))


def sought(look: Look) -> Outline | None:
    """The page; in doubt it is looked at again."""
    return _outline(look.at, searched(look))


def glimpsed(look: Look) -> Outline | None:
    """The page by this look alone: where `sought` looks again, which takes five times as long, this stays in doubt."""
    found = None if _bare(look) else _best(look, _proposed(look))
    return _outline(look.at, None if found is None else fitted_to(look, found))


def _outline(at: Reduced, found: Found | None) -> Outline | None:
    sure = chance(found.measured) if found else 0.0
    if found is None or sure < _GUESS:
        return None
    return Outline(clockwise(at.to_whole(found.quad)), sure, found.sides, found.framed)


def laid_out(at: Reduced, outline: Outline | None) -> TrayView:
    """What lies around an outline, or where there is none."""
    light = at.light
    edge = np.concatenate([light[1], light[-2], light[:, 1], light[:, -2]])
    corners = None if outline is None else at.to_small(outline.corners)
    return TrayView(
        outline,
        cv2.countNonZero(at.covering) / at.covering.size,
        0.0 if corners is None else beside(light, corners),
        0.0 if corners is None else filled(light, corners),
        float((edge > 0).mean()),
        int(np.percentile(at.lab[::4, ::4, 0], 99)),
        0.0 if corners is None else fading(at.lab, corners),
    )


def looked(at: Reduced) -> Look:
    """The frame made ready for the search: the network is asked."""
    return Look(at, network.maps(at.small))


def searched(look: Look) -> Found | None:
    """The best candidate, fitted to the whole picture."""
    if _bare(look):
        return None
    found = _best(look, _proposed(look))
    if found is None or chance(found.measured) < SURE:
        look = looked_again(look)
        found = _best(look, candidates(look))
    return None if found is None else fitted_to(look, found)


def _bare(look: Look) -> bool:
    """Whether nothing lies there at all, so that nothing need be sought: the live view's longest state."""
    covered = cv2.countNonZero(look.at.covering) / look.at.covering.size
    return covered < _BARE and float((look.seen.page >= 100).mean()) < _BARE


def looked_again(look: Look) -> Look:
    """The same with a surer word of the network, for what is in doubt."""
    return look._replace(seen=network.maps_from_all_sides(look.at.small, look.seen))


def candidates(look: Look) -> Floats:
    """All candidates of a picture, in pixels of the reduced one."""
    further = quads_from_masks([paper_like(look.at.lab)]), quads_from_lines(look.at.small)
    quads = np.concatenate([_proposed(look), *further])
    return quads[plausible(quads, look.at.lab.shape[1], look.at.lab.shape[0])]


def fitted_to(look: Look, found: Found, weights: Weights = WEIGHTS) -> Found:
    """A candidate fitted to the whole picture, unless that makes it look less like a page."""
    fitted = _best(look, refitted(look.at, found.quad)[None], weights)
    if fitted is None or score(fitted.measured, weights) < score(found.measured, weights) - _WORSE:
        return found
    return fitted._replace(framed=found.framed)


def _proposed(look: Look) -> Floats:
    size = np.array((look.at.lab.shape[1], look.at.lab.shape[0]), np.float32)
    masked = quads_from_masks([look.at.light, look.at.covering])
    return np.concatenate([network.proposals(look.seen) * size - 0.5, masked]).astype(np.float32)


def _best(look: Look, quads: Floats, weights: Weights = WEIGHTS) -> Found | None:
    """The candidate with the highest score."""
    quads = quads[plausible(quads, look.at.lab.shape[1], look.at.lab.shape[0])]
    if not len(quads):
        return None
    seen = support(look.at.lab, quads)
    index, measured = winner(look.at.lab, quads, seen, look.seen, weights)
    sides = tuple(float(share) for share in seen.share[index])
    return Found(quads[index], measured, sides, bool((seen.framed[index] > 0.5).any()))  # type: ignore[arg-type]  # four sides


def refitted(at: Reduced, quad: Corners) -> Corners:
    """The candidate fitted to the picture at full size, a still twice; in pixels of the reduced picture."""
    full = max(at.size)
    unit = max(1.0, full / 1800)
    corners = refit(at.picture, at.to_whole(quad), max(8.0, full * 0.014), unit)
    if full > _PREVIEW:
        corners = refit(at.picture, corners, max(4.0, full * 0.003), max(0.5, unit / 2))
    return clockwise(at.to_small(corners))
