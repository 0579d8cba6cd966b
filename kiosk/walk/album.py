"""What a walk leaves behind: one picture of every screen, a contact sheet, and `journey.json`.

A screen's picture is the last one that was painted before the glass showed another screen, so that a field is seen with
what was typed. Each screen is kept once, under the number of its first appearance. The people in the pictures are the
invented ones; `journey.json` holds names of stages and files, times, and the portal's result.
"""

import json
import math
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

import cv2
import numpy as np

from kiosk.ports import Frame

_COLUMNS = 5
_THUMBNAIL = 384  # pixels of a small picture's long side
_CAPTION = 30


@dataclass(slots=True)
class Standing:
    """One screen that stood for a while. Times in seconds from the start of the walk."""

    stage: str
    screen: str
    picture: str
    began_s: float
    stood_s: float = 0.0


@dataclass(slots=True)
class Outcome:
    """How the walk went. `received` and `number` are the portal's; `number` is the 申込番号 in its store."""

    story: str
    language: str
    panel: str
    text_size: str
    visitor: int
    ok: bool = False
    reason: str = ""
    ended: str | None = None
    received: int = 0
    number: str | None = None


@dataclass(slots=True)
class Album:
    """Collects pictures and standings. `picture` gives what stands on the glass, `clock` monotonic seconds."""

    folder: Path
    picture: Callable[[], Frame]
    clock: Callable[[], float]
    began: float = field(init=False)
    standings: list[Standing] = field(default_factory=list)
    _kept: dict[str, Frame] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.began = self.clock()

    def show(self, stage: str, screen: str) -> None:
        """The glass is about to show this, in place of what it still shows."""
        if self.standings and (self.standings[-1].stage, self.standings[-1].screen) == (stage, screen):
            return
        self._leave()
        self.standings.append(Standing(stage, screen, self._file_of(screen), self._now()))

    def close(self, outcome: Outcome) -> None:
        """Write what is still to be written."""
        self._leave()
        for name, pixels in self._kept.items():
            cv2.imwrite(str(self.folder / name), cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR))
        self._write_sheet()
        journey = {
            "story": outcome.story,
            "language": outcome.language,
            "panel": outcome.panel,
            "text_size": outcome.text_size,
            "visitor": outcome.visitor,
            "ok": outcome.ok,
            "reason": outcome.reason,
            "ended": outcome.ended,
            "portal": {"received": outcome.received, "number": outcome.number},
            "states": [asdict(standing) for standing in self.standings],
        }
        text = json.dumps(journey, ensure_ascii=False, indent=1)
        (self.folder / "journey.json").write_text(text + "\n", encoding="utf-8")

    @property
    def contact_sheet(self) -> Path:
        """All screens on one picture."""
        return self.folder / "contact-sheet.png"

    def _file_of(self, screen: str) -> str:
        known = {standing.screen: standing.picture for standing in self.standings}
        return known.get(screen) or f"{len(known) + 1:02d}-{screen}.png"

    def _leave(self) -> None:
        """What stands is about to go: keep its picture, in place of an earlier one of its kind."""
        if self.standings:
            last = self.standings[-1]
            last.stood_s = round(self._now() - last.began_s, 3)
            self._kept[last.picture] = self.picture()

    def _now(self) -> float:
        return round(self.clock() - self.began, 3)

    def _write_sheet(self) -> None:
        small = [_captioned(pixels, name) for name, pixels in self._kept.items()]
        if not small:
            return
        blank = np.full_like(small[0], 255)
        small += [blank] * (math.ceil(len(small) / _COLUMNS) * _COLUMNS - len(small))
        rows = [np.hstack(small[start : start + _COLUMNS]) for start in range(0, len(small), _COLUMNS)]
        cv2.imwrite(str(self.contact_sheet), cv2.cvtColor(np.vstack(rows), cv2.COLOR_RGB2BGR))


def _captioned(pixels: Frame, name: str) -> Frame:
    """A small picture with its file's name beneath, on white."""
    tall, wide = pixels.shape[:2]
    scale = _THUMBNAIL / max(tall, wide)
    size = (round(wide * scale), round(tall * scale))
    sheet = np.full((size[1] + _CAPTION + 12, size[0] + 12, 3), 255, np.uint8)
    sheet[6 : 6 + size[1], 6 : 6 + size[0]] = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    at = (8, size[1] + _CAPTION)
    cv2.putText(sheet, name.removesuffix(".png"), at, cv2.FONT_HERSHEY_SIMPLEX, 0.45, (40, 40, 40), 1, cv2.LINE_AA)
    return sheet
