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
from kiosk.documents.pixels import Corners, Floats, Grey, Pixels, as_rgb
from kiosk.documents.quads import clockwise, plausible
from kiosk.documents.rank import WEIGHTS, Weights, chance, features, score
from kiosk.documents.sides import refit, support
from kiosk.documents.thresholds import beside_and_filled, light_and_covering, paper_like, quads_from_masks

SURE = 0.98
"""From this confidence on the outline is used as it is."""
DOUBTFUL = 0.5
"""Below this confidence the outline is a guess, good for handles to be moved and for nothing else."""

_WORK = 580  # about the long side of the picture in which candidates are sought
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


_NOTHING = TrayView(None, 0.0, 0.0, 0.0, 0.0, 0)


def find_outline(frame: npt.NDArray[np.generic]) -> Outline | None:
    """The page's outline, or None. Any array may be given."""
    return view_tray(frame).outline


class Look(NamedTuple):
    """A frame as it is searched: whole; reduced by a whole factor, in RGB and in Lab; what is light, what is unlike
    the ground; what the network says of it.
    """

    picture: Pixels
    factor: int
    small: Pixels
    lab: Pixels
    light: Grey
    covering: Grey
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
    if picture is None:
        return _NOTHING
    look = looked(picture)
    light, covering = look.light, look.covering
    found = searched(look)
    covered = cv2.countNonZero(covering) / covering.size
    brightest = int(np.percentile(look.lab[::4, ::4, 0], 99))
    edge = np.concatenate([light[1], light[-2], light[:, 1], light[:, -2]])
    at_edge = float((edge > 0).mean())
    sure = chance(found.measured) if found else 0.0
    if found is None or sure < _GUESS:
        return TrayView(None, covered, 0.0, 0.0, at_edge, brightest)
    corners = clockwise((found.quad + 0.5) * look.factor - 0.5)
    beside, filled = beside_and_filled(light, found.quad)
    return TrayView(Outline(corners, sure, found.sides, found.framed), covered, beside, filled, at_edge, brightest)


def looked(picture: Pixels) -> Look:
    """The picture made ready for the search."""
    factor = max(1, round(max(picture.shape[:2]) / _WORK))
    small = _averaged(picture, factor)
    lab = np.asarray(cv2.cvtColor(cv2.blur(small, (3, 3)), cv2.COLOR_RGB2LAB), np.uint8)
    return Look(picture, factor, small, lab, *light_and_covering(lab), network.maps(small))


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
    covered = cv2.countNonZero(look.covering) / look.covering.size
    return covered < _BARE and float((look.seen.page >= 100).mean()) < _BARE


def looked_again(look: Look) -> Look:
    """The same with a surer word of the network, for what is in doubt."""
    return look._replace(seen=network.maps_from_all_sides(look.small))


def candidates(look: Look) -> Floats:
    """All candidates of a picture, in pixels of the reduced one."""
    further = quads_from_masks([paper_like(look.lab)]), quads_from_lines(look.small)
    quads = np.concatenate([_proposed(look), *further])
    return quads[plausible(quads, look.lab.shape[1], look.lab.shape[0])]


def fitted_to(look: Look, found: Found, weights: Weights = WEIGHTS) -> Found:
    """A candidate fitted to the whole picture, unless that makes it look less like a page."""
    fitted = _best(look, _refitted(look, found.quad)[None], weights)
    if fitted is None or score(fitted.measured, weights) < score(found.measured, weights) - _WORSE:
        return found
    return fitted._replace(framed=found.framed)


def _proposed(look: Look) -> Floats:
    size = np.array((look.lab.shape[1], look.lab.shape[0]), np.float32)
    masked = quads_from_masks([look.light, look.covering])
    return np.concatenate([network.proposals(look.seen) * size - 0.5, masked]).astype(np.float32)


def _averaged(picture: Pixels, factor: int) -> Pixels:
    """The picture smaller by a whole factor (what is left over at the right and below is dropped): the quick way."""
    tall, wide = picture.shape[0] // factor, picture.shape[1] // factor
    whole = picture[: tall * factor, : wide * factor]
    return np.asarray(cv2.resize(whole, (wide, tall), interpolation=cv2.INTER_AREA), np.uint8)


def _best(look: Look, quads: Floats, weights: Weights = WEIGHTS) -> Found | None:
    """The candidate with the highest score."""
    quads = quads[plausible(quads, look.lab.shape[1], look.lab.shape[0])]
    if not len(quads):
        return None
    seen = support(look.lab, quads)
    measured = features(look.lab, quads, seen, look.seen)
    index = int(np.argmax(score(measured, weights)))
    sides = tuple(float(share) for share in seen.share[index])
    return Found(quads[index], measured[index], sides, bool((seen.framed[index] > 0.5).any()))  # type: ignore[arg-type]  # four sides


def _refitted(look: Look, quad: Corners) -> Corners:
    """The candidate fitted to the picture at full size, a still twice; in pixels of the reduced picture."""
    full = max(look.picture.shape[:2])
    unit = max(1.0, full / 1800)
    corners = ((quad + 0.5) * look.factor - 0.5).astype(np.float32)
    corners = refit(look.picture, corners, max(8.0, full * 0.014), unit)
    if full > _PREVIEW:
        corners = refit(look.picture, corners, max(4.0, full * 0.003), max(0.5, unit / 2))
    return clockwise(((corners + 0.5) / look.factor - 0.5).astype(np.float32))
