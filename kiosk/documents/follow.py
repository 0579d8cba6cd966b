"""The preview from frame to frame: a page that was found is followed, and sought anew only now and then.

There are three ways to look at a frame. Where no part of the picture differs from the frame that was judged last,
nothing is to be judged. Where something does, a page that was found for sure is fitted to its sides as they run now,
and what lies on and around it is judged as ever: a second paper, a hand, the light. The page must still have the sides
and the light within that it had when it was found, or a hand must lie on it, and on one side at most. Where that is
not so, where no page was there to follow, and `SEARCH_SECONDS` after the last time, the page is sought.

A search takes two frames, so that neither takes long: on the one that is searched the network is asked, on the next its
proposals are ranked and the best is fitted, and if it is sure it is followed from there at once (the first frame, and
one after a gap, are searched on the spot). Meanwhile the page is followed that was there; where that cannot be done,
what was said last stands for that long, and is not good enough for a photograph. The live view takes no second look at
what is in doubt, as a still does: on 600 trays, most of them laid badly, it changed the sentence of 40, as often for
the worse, and called none of them good that was not good before, for the time of three frames each.

So whatever changes the picture by more than its grain is judged on the frame that shows it, or on the next one where
that takes a search; while it goes on changing too much to be followed, every second frame is searched. What only a
search can tell (another page than the one that is followed, a doubt) is known by the end of the one that begins
`SEARCH_SECONDS` later at most. A still is never followed.
"""

from dataclasses import dataclass, field, replace
from typing import NamedTuple

import cv2
import numpy as np

from kiosk.documents.find import SURE, Outline, TrayView, glimpsed, laid_out, refitted
from kiosk.documents.glance import Glance, judged
from kiosk.documents.network import Maps, maps
from kiosk.documents.pixels import Pixels
from kiosk.documents.quads import plausible
from kiosk.documents.reduced import Reduced, averaged, shrunk, toned
from kiosk.documents.sides import support
from kiosk.visit import Guidance

SEARCH_SECONDS = 0.2
_GAP = 0.3  # seconds between two frames: after more, nothing that was seen before helps
_CELL = 4  # pixels of the small picture: over so many each way grain is averaged away
_CHANGED = 8  # grey levels of a cell; a sheet's edge that moves by a twentieth of a cell changes it by more
_LOST = 0.05  # of a side: so much less may be seen of it than before; one of its places fewer is too many
_LEAP = (
    0.005  # of the frame's width: what moves so far between two frames may be taken for a line that is printed on it
)
_LESS = 0.03  # of the page: so much less of it may be light


class Asked(NamedTuple):
    """A search that has begun: a frame, and what the network said of it."""

    at: Reduced
    said: Maps


@dataclass(frozen=True, slots=True)
class Track:
    """What a frame showed, and what the next one is compared with."""

    cells: Pixels = field(repr=False)
    view: TrayView
    glance: Glance
    searched: float  # when a search ended last, in seconds
    sought: TrayView  # what was found then, or a frame later
    seen: float  # when the last frame came
    asked: Asked | None = field(default=None, repr=False)


def follow(track: Track | None, picture: Pixels, now: float) -> Track:
    """Look at the frame after those of `track`, at `now` (monotonic seconds)."""
    frame = shrunk(picture)
    cells = averaged(frame.small, max(1, min(_CELL, *frame.small.shape[:2])))
    if track is None or track.cells.shape != cells.shape or now - track.seen > _GAP:
        return _found(_asked(toned(frame)), cells, now)
    unchanged = int(cv2.absdiff(track.cells, cells).max()) <= _CHANGED
    if track.asked is not None:
        if unchanged:
            return _found(track.asked, cells, now)
        return _found_and_moved(track.asked, track.cells, toned(frame), cells, now)
    due = now - track.searched >= SEARCH_SECONDS
    if unchanged and not due:
        return replace(track, seen=now)
    at = toned(frame)
    kept = track if unchanged else _moved(track, at, cells)
    lost = kept is None
    kept = kept or _doubted(track)
    asked = _asked(at) if lost or due else None
    return replace(kept, cells=cells, seen=now, asked=asked)


def _asked(at: Reduced) -> Asked:
    return Asked(at, maps(at.small))


def _found(asked: Asked, cells: Pixels, now: float) -> Track:
    return _track(cells, *_judged(asked.at, glimpsed(*asked)), now)


def _found_and_moved(asked: Asked, then: Pixels, at: Reduced, cells: Pixels, now: float) -> Track:
    """The page of the frame that was searched, where it lies on this one, the next."""
    outline = glimpsed(*asked)
    followed = None if outline is None else _followed(outline, 0.0, outline, at)
    if followed is not None:
        return _track(cells, *followed, now)
    return _doubted(_track(then, *_judged(asked.at, outline), now))


def _track(cells: Pixels, view: TrayView, glance: Glance, now: float) -> Track:
    return Track(cells, view, glance, now, view, now)


def _judged(at: Reduced, outline: Outline | None) -> tuple[TrayView, Glance]:
    view = laid_out(at, outline)
    return view, judged(at, view)


def _moved(track: Track, at: Reduced, cells: Pixels) -> Track | None:
    """The page that was there, where it lies now."""
    if track.sought.outline is None or track.view.outline is None:
        return None
    followed = _followed(track.sought.outline, track.sought.filled, track.view.outline, at)
    return None if followed is None else replace(track, cells=cells, view=followed[0], glance=followed[1])


def _doubted(track: Track) -> Track:
    """What was said last, but not good enough for a photograph."""
    return replace(track, glance=replace(track.glance, good=None))


def _followed(sought: Outline, filled: float, last: Outline, at: Reduced) -> tuple[TrayView, Glance] | None:
    """A page that was `sought` and `filled` with light, and `last` seen in the frame before; None where it cannot be
    told without a search where it is now.
    """
    if sought.confidence < SURE or sought.framed:
        return None
    before = at.to_small(last.corners)
    quad = refitted(at, before)[None]
    if np.abs(quad[0] - before).max() > _LEAP * at.small.shape[1]:
        return None
    if not plausible(quad, at.small.shape[1], at.small.shape[0])[0]:
        return None
    seen = support(at.lab, quad)
    lost = int((seen.share[0] < np.array(sought.sides) - _LOST).sum())
    if lost > 1 or (seen.framed > 0).any():
        return None
    top, right, bottom, left = (float(share) for share in seen.share[0])
    view, glance = _judged(at, replace(sought, corners=at.to_whole(quad[0]), sides=(top, right, bottom, left)))
    whole = lost == 0 and view.filled > filled - _LESS
    return (view, glance) if whole or glance.sight.guidance is Guidance.HAND else None
