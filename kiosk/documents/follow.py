"""The preview from frame to frame: a page that was found is followed, and sought anew only now and then.

There are three ways to look at a frame. Where no part of the picture differs from the frame that was judged last,
nothing is to be judged. Where something does, the page that was found is fitted to its sides as they run now, and what
lies on and around it is judged as ever: a second paper, a hand, the light. The page must still have the sides and the
light within that it had when it was found, or a hand must lie on it, and on one side at most. Where that is not so,
where no page was there to follow, and `SEARCH_SECONDS` after the last search if the page was followed since, it is
sought.

A search takes two frames, so that neither takes long: on the one that is searched the network is asked, on the next its
proposals are ranked, the best is fitted, and followed to where it lies by then (the first frame, and one after a gap,
are searched on the spot). Meanwhile the page is followed that was there; where that cannot be done, what was said last
stands for that long, and is not good enough for a photograph. What is in doubt is looked at again, as in a still, only
when it has come to rest, and then once: that takes three frames' time, in which nothing moves.

So whatever changes the picture by more than its grain is judged on the frame that shows it, or up to two frames later
where that takes a search; while it goes on changing too much to be followed, every second frame is searched. What only
a search can tell (another page than the one that is followed, a doubt) is known by the end of the one that begins
`SEARCH_SECONDS` later at most. A still is never followed.
"""

from dataclasses import dataclass, field, replace

import cv2
import numpy as np

from kiosk.documents.find import DOUBTFUL, Look, Outline, glimpsed, laid_out, looked, refitted, sought
from kiosk.documents.glance import Glance, judged
from kiosk.documents.pixels import Pixels
from kiosk.documents.quads import plausible
from kiosk.documents.reduced import Reduced, averaged, shrunk, toned
from kiosk.documents.sides import support
from kiosk.documents.thresholds import filled
from kiosk.visit import Guidance

SEARCH_SECONDS = 0.2
_GAP = 0.8  # seconds between two frames, longer than a search takes: after more, what was seen before helps nothing
_CELL = 4  # pixels of the small picture: over so many each way grain is averaged away
_CHANGED = 8  # grey levels of a cell; a sheet's edge that moves by a twentieth of a cell changes it by more
_LOST = 0.05  # of a side: so much less may be seen of it than before; one of its places fewer is too many
_LEAP = 0.005  # of the frame's width: a side that moves farther in one frame may be mistaken for a printed line
_LESS = 0.03  # of the page: so much less of it may be light


@dataclass(frozen=True, slots=True)
class Page:
    """A page as a search has found it; as long as it is followed it stays like this."""

    outline: Outline
    filled: float  # share of it that is light


@dataclass(frozen=True, slots=True)
class Track:
    """What a frame showed, and what the next one is compared with."""

    cells: Pixels = field(repr=False)
    glance: Glance
    page: Page | None
    outline: Outline | None  # where the page lies by now
    searched: float  # when a search ended last, in seconds
    seen: float  # when the last frame came
    settled: bool = True  # this very frame was searched: as long as nothing changes there is nothing to search
    asked: Look | None = field(default=None, repr=False)  # a search has begun


def follow(track: Track | None, picture: Pixels, now: float) -> Track:
    """Look at the frame after those of `track`, at `now` (monotonic seconds)."""
    frame = shrunk(picture)
    cells = averaged(frame.small, max(1, min(_CELL, *frame.small.shape[:2])))
    if track is None or track.cells.shape != cells.shape or now - track.seen > _GAP:
        return _searched(looked(toned(frame)), cells, now)
    due = not track.settled and now - track.searched >= SEARCH_SECONDS
    if int(cv2.absdiff(track.cells, cells).max()) <= _CHANGED:
        if track.asked is not None:
            return _searched(track.asked, track.cells, now)
        return replace(track, cells=cells, seen=now, asked=looked(toned(frame))) if due else replace(track, seen=now)
    at = toned(frame)
    if track.asked is not None:
        return _searched_before(track.asked, track.cells, at, cells, now)
    followed = None
    if track.page is not None and track.outline is not None:
        followed = _followed(track.page, track.outline, at)
    if followed is None:
        return replace(_doubted(track), cells=cells, seen=now, asked=looked(at))
    outline, glance = followed
    asked = looked(at) if due else None
    return replace(track, cells=cells, glance=glance, outline=outline, seen=now, settled=False, asked=asked)


def _searched(asked: Look, cells: Pixels, now: float) -> Track:
    """What the frame shows whose `cells` these are; nothing has changed since."""
    outline = sought(asked)
    return Track(cells, _judged(asked.at, outline), followable(asked.at, outline), outline, now, now)


def _searched_before(asked: Look, then: Pixels, at: Reduced, cells: Pixels, now: float) -> Track:
    """What the frame before showed, whose cells were `then`; where its page can be followed, what this one shows."""
    outline = glimpsed(asked)
    page = followable(asked.at, outline)
    followed = None if page is None else _followed(page, page.outline, at)
    if followed is None:
        found = Track(then, _judged(asked.at, outline), page, outline, now, now, settled=False)
        return _doubted(found)
    return Track(cells, followed[1], page, followed[0], now, now, settled=False)


def followable(at: Reduced, outline: Outline | None) -> Page | None:
    """The outline, if it can be followed."""
    if outline is None or outline.confidence < DOUBTFUL:
        return None
    return Page(outline, filled(at.light, at.to_small(outline.corners)))


def _judged(at: Reduced, outline: Outline | None) -> Glance:
    return judged(at, laid_out(at, outline))


def _doubted(track: Track) -> Track:
    """What was said last, but not good enough for a photograph."""
    return replace(track, glance=replace(track.glance, doubted=True))


def _followed(page: Page, last: Outline, at: Reduced) -> tuple[Outline, Glance] | None:
    """Where a page is now that was `last` seen in the frame before; None where a search must tell."""
    before = at.to_small(last.corners)
    quad = refitted(at, before)[None]
    if np.abs(quad[0] - before).max() > _LEAP * at.small.shape[1]:
        return None
    if not plausible(quad, at.small.shape[1], at.small.shape[0])[0]:
        return None
    seen = support(at.lab, quad)
    lost = int((seen.share[0] < np.array(page.outline.sides) - _LOST).sum())
    if lost > 1 or (seen.framed > 0).any():
        return None
    top, right, bottom, left = (float(share) for share in seen.share[0])
    outline = replace(page.outline, corners=at.to_whole(quad[0]), sides=(top, right, bottom, left))
    view = laid_out(at, outline)
    glance = judged(at, view)
    whole = lost == 0 and view.filled > page.filled - _LESS
    return (outline, glance) if whole or glance.sight.guidance is Guidance.HAND else None
