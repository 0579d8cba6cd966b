"""The preview from frame to frame: a page that was found is followed, and sought anew only now and then.

There are three ways to look at a frame. Where no part of the picture differs from the frame that was judged last,
nothing is to be judged. Where something does, a page that was found for sure is fitted to its sides as they run now,
and what lies on and around it is judged as ever: a second paper, a hand, the light. Only the search for a page, which
asks the network, is left out; the page must still have the sides and the light within that it had when it was found,
or a hand must lie on it, and on one side at most. Where that is not so, where no page was there to follow, and
`SEARCH_SECONDS` after the last time, the page is sought in full.

So whatever changes the picture by more than its grain is judged on the frame that shows it, and what only a search
can tell (another page than the one that is followed, a doubt) is known `SEARCH_SECONDS` later at most. A still is
never followed.
"""

from dataclasses import dataclass, field, replace

import cv2
import numpy as np

from kiosk.documents.find import SURE, TrayView, laid_out, refitted, view_of
from kiosk.documents.glance import Glance, judged
from kiosk.documents.pixels import Pixels
from kiosk.documents.quads import plausible
from kiosk.documents.reduced import Reduced, averaged, shrunk, toned
from kiosk.documents.sides import support
from kiosk.visit import Guidance

SEARCH_SECONDS = 0.25
_CELL = 4  # pixels of the small picture: over so many each way grain is averaged away
_CHANGED = 8  # grey levels of a cell; a sheet's edge that moves by a twentieth of a cell changes it by more
_LOST = 0.05  # of a side: so much less may be seen of it than before; one of its places fewer is too many
_LEAP = (
    0.005  # of the frame's width: what moves so far between two frames may be taken for a line that is printed on it
)
_LESS = 0.03  # of the page: so much less of it may be light


@dataclass(frozen=True, slots=True)
class Track:
    """What a frame showed, and what the next one is compared with."""

    cells: Pixels = field(repr=False)
    view: TrayView
    glance: Glance
    searched: float  # when the page was last sought in full, in seconds
    sought: TrayView  # what was found then


def follow(track: Track | None, picture: Pixels, now: float) -> Track:
    """Look at the frame after those of `track`, at `now` (monotonic seconds)."""
    frame = shrunk(picture)
    cells = averaged(frame.small, max(1, min(_CELL, *frame.small.shape[:2])))
    if track is None or now - track.searched >= SEARCH_SECONDS or track.cells.shape != cells.shape:
        return _sought(toned(frame), cells, now)
    if int(cv2.absdiff(track.cells, cells).max()) <= _CHANGED:
        return track
    at = toned(frame)
    return _followed(track, at, cells) or _sought(at, cells, now)


def _sought(at: Reduced, cells: Pixels, now: float) -> Track:
    view = view_of(at)
    return Track(cells, view, judged(at, view), now, view)


def _followed(track: Track, at: Reduced, cells: Pixels) -> Track | None:
    """The page that was there, where it lies now; None where that cannot be told without a search."""
    before = track.sought.outline
    if track.view.outline is None or before is None or before.confidence < SURE or before.framed:
        return None
    last = at.to_small(track.view.outline.corners)
    quad = refitted(at, last)[None]
    if np.abs(quad[0] - last).max() > _LEAP * at.small.shape[1]:
        return None
    if not plausible(quad, at.small.shape[1], at.small.shape[0])[0]:
        return None
    seen = support(at.lab, quad)
    lost = int((seen.share[0] < np.array(before.sides) - _LOST).sum())
    if lost > 1 or (seen.framed > 0).any():
        return None
    top, right, bottom, left = (float(share) for share in seen.share[0])
    view = laid_out(at, replace(before, corners=at.to_whole(quad[0]), sides=(top, right, bottom, left)))
    glance = judged(at, view)
    whole = lost == 0 and view.filled > track.sought.filled - _LESS
    return (
        replace(track, cells=cells, view=view, glance=glance)
        if whole or glance.sight.guidance is Guidance.HAND
        else None
    )
