"""What the live view says to the visitor, as a fold over frames.

`Watcher` is a value: `see` takes a frame and the time and answers the next watcher and what is to be shown. A paper
that lay there before may be somebody else's, so nothing is said about it until the tray has been seen empty once; the
same holds after a page was kept (`need_empty`), so that one paper is not taken twice. A page is ready when the same
outline has lain still and good for a second; what is doubted for a frame or two neither begins that second anew, where
the page turns out to lie as it did, nor ends it.
"""

from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from kiosk.documents.follow import Track, follow
from kiosk.documents.glance import UNLIT
from kiosk.documents.pixels import as_rgb
from kiosk.visit import Guidance, Sight

STILL_SECONDS = 1.0
_STILL = 0.004  # of the frame: a corner that moves less has not moved


@dataclass(frozen=True, slots=True)
class Watcher:
    """What is remembered from frame to frame."""

    seen_empty: bool = False
    lying: Sight | None = None  # a page that is good and has lain so since `still_since`
    still_since: float = 0.0
    track: Track | None = field(default=None, repr=False)

    def see(self, frame: npt.NDArray[np.generic], now: float, need_empty: bool = False) -> tuple["Watcher", Sight]:
        """Look at a frame (any array) at `now` (monotonic seconds). `need_empty`: forget that the tray was empty."""
        picture = as_rgb(frame)
        track = None if picture is None else follow(self.track, picture, now)
        glance = UNLIT if track is None else track.glance
        seen_empty = glance.bare or (self.seen_empty and not need_empty)
        watcher = replace(self, seen_empty=seen_empty, track=track)
        if not seen_empty or glance.sight.guidance is not Guidance.HOLD_STILL:
            told = glance.sight if seen_empty or glance.unlit else Sight(Guidance.EMPTY_THE_TRAY)
            return replace(watcher, lying=None), told
        still = self.lying is not None and alike(self.lying, glance.sight)
        if glance.doubted:
            return watcher if still else replace(watcher, lying=None), glance.sight
        if not still:
            return replace(watcher, lying=glance.sight, still_since=now), glance.sight
        ready = now - self.still_since >= STILL_SECONDS
        return watcher, replace(glance.sight, guidance=Guidance.READY) if ready else glance.sight

    def blind(self) -> "Watcher":
        """What is remembered while nothing is looked at: only whether the tray was empty."""
        return Watcher(self.seen_empty)


def alike(one: Sight, other: Sight) -> bool:
    """Whether both say the same, of an outline that has not visibly moved."""
    if one.guidance is not other.guidance or len(one.outline) != len(other.outline):
        return False
    pairs = zip(one.outline, other.outline, strict=True)
    return all(abs(x - u) < _STILL and abs(y - v) < _STILL for (x, y), (u, v) in pairs)
