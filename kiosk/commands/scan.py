"""`kiosk scan`: what the terminal would make of photographs, one JSON line each, for engineers and for benchmarks.

The same functions as in a visit, one after the other, with the time of each. A photograph has no tray whose size is
known, so that its page is as large as if the picture's long side were the tray's.
"""

import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Literal, TypeVar

from drivers.camera.simulator import read_picture
from drivers.ocr.tesseract import Tesseract
from kiosk.command_line import Scan
from kiosk.documents.codes import Code, read_codes
from kiosk.documents.cover import covered
from kiosk.documents.develop import develop, examine_at
from kiosk.documents.encode import BEST_QUALITY, EncodedFiles, Sheet, encode_files, encode_jpeg
from kiosk.documents.find import DOUBTFUL, SURE, Outline, TrayView, view_of
from kiosk.documents.judge import judge_outline
from kiosk.documents.my_number import find_my_numbers, is_card_back
from kiosk.documents.network import ready
from kiosk.documents.pixels import as_grey
from kiosk.documents.reduced import Reduced, reduced
from kiosk.documents.straighten import FlatPage, TrayGeometry
from kiosk.documents.words import Read
from kiosk.failures import Failure
from kiosk.ports import Frame
from kiosk.visit import Box, Limits

_TRAY_LONG_MM = 420.0

Verdict = Literal["accept", "adjust", "refuse"]
Given = TypeVar("Given")


def scan(command: Scan) -> int:
    """Exit code 1 where a file cannot be read as a picture; the lines of the others stand."""
    reader = Tesseract()
    if reader.lacking is not None:
        sys.stderr.write(f"{reader.lacking}\n")
    sheets: list[Sheet] = []
    unread = 0
    ready()
    for image in command.images:
        watch = Stopwatch()
        try:
            picture = watch("decode", partial(read_picture, image))
        except (OSError, ValueError) as error:
            sys.stderr.write(f"{image}: {error.strerror}\n" if isinstance(error, OSError) else f"{error}\n")
            unread += 1
            continue
        seen = look_at(picture, reader.read, watch)
        page = None
        if command.out is not None and seen.jpeg:
            page = command.out / f"{len(sheets) + 1:02}-{image.stem}.jpg"
            page.write_bytes(seen.jpeg)
        if seen.sheet is not None:
            sheets.append(seen.sheet)
        print(json.dumps(_line(image, picture, seen, page, watch), ensure_ascii=False), flush=True)
    if len(command.images) > 1:
        print(json.dumps({"package": _package(sheets)}), flush=True)
    return 1 if unread else 0


def _package(sheets: list[Sheet]) -> dict[str, object]:
    """All pages that may be sent, within what the manual allows."""
    limits = Limits()
    packed = encode_files([[sheet] for sheet in sheets[: limits.files]], limits.total_bytes, pdf=False)
    if not isinstance(packed, EncodedFiles):
        return {"files": 0, "largest": packed.largest + 1}
    sizes = [len(file.content) for file in packed.files]
    return {"files": len(sizes), "dpi": packed.dpi, "quality": packed.quality, "bytes": sum(sizes)}


@dataclass
class Stopwatch:
    """Milliseconds by stage."""

    took: dict[str, float] = field(default_factory=dict)

    def __call__(self, stage: str, act: Callable[[], Given]) -> Given:
        begun = time.perf_counter()
        given = act()
        self.took[stage] = round((time.perf_counter() - begun) * 1000, 1)
        return given


@dataclass(frozen=True, slots=True)
class Seen:
    """What became of a photograph. `wrong` is the first reason to refuse it, `doubts` those that it passed with."""

    outline: Outline | None
    wrong: Failure | None
    doubts: tuple[Failure, ...] = ()
    turns: int = 0
    codes: tuple[Code, ...] = ()
    covers: tuple[Box, ...] = ()
    sheet: Sheet | None = field(default=None, repr=False)
    jpeg: bytes = field(default=b"", repr=False)

    @property
    def outlined(self) -> Verdict:
        """The outline alone."""
        sure = 0.0 if self.outline is None else self.outline.confidence
        return "accept" if sure >= SURE else "adjust" if sure >= DOUBTFUL else "refuse"

    @property
    def verdict(self) -> Verdict:
        """With all gates: where only the outline is in doubt somebody who sees the picture can help."""
        if self.wrong is not None:
            return "adjust" if self.wrong is Failure.PAGE_NOT_FOUND and self.outlined == "adjust" else "refuse"
        return self.outlined


def look_at(picture: Frame, read: Read, watch: Stopwatch) -> Seen:
    """All that a visit does to a photograph (RGB), but for the visitor."""
    geometry = _geometry(picture)
    at, view = watch("outline", lambda: _viewed(picture))
    outline = view.outline
    codes = watch("codes", lambda: read_codes(picture))
    if outline is None:
        return Seen(None, judge_outline(view, at.size) or Failure.PAGE_NOT_FOUND, codes=codes)
    found = watch("judge", lambda: examine_at(at, outline.corners, geometry, view))
    doubts = found.judgement.doubts if found.judgement is not None else ()
    if found.failure is not None:
        return Seen(outline, found.failure, doubts, codes=codes)
    page = watch("page", lambda: develop(picture, outline.corners, geometry, found.turns))
    covers = watch("numbers", lambda: _my_numbers(page, read)) or ()
    if is_card_back(page.size_mm, covers):
        return Seen(outline, Failure.PAGE_MY_NUMBER_CARD, doubts, found.turns, codes, covers)
    sheet = Sheet(covered(page.pixels, covers), page.dpi)
    jpeg = watch("encode", lambda: encode_jpeg(sheet.pixels, BEST_QUALITY))
    return Seen(outline, None, doubts, found.turns, codes, covers, sheet, jpeg)


def _viewed(picture: Frame) -> tuple[Reduced, TrayView]:
    at = reduced(picture)
    return at, view_of(at)


def _my_numbers(page: FlatPage, read: Read) -> tuple[Box, ...] | None:
    return find_my_numbers(as_grey(page.pixels), page.dpi, read_codes(page.pixels), read)


def _geometry(picture: Frame) -> TrayGeometry:
    """A tray as large as the picture."""
    tall, wide = picture.shape[:2]
    scale = _TRAY_LONG_MM / max(tall, wide)
    return TrayGeometry(wide * scale, tall * scale)


def _line(image: Path, picture: Frame, seen: Seen, page: Path | None, watch: Stopwatch) -> dict[str, object]:
    outline, reasons = seen.outline, [*((seen.wrong,) if seen.wrong else ()), *seen.doubts]
    return {
        "image": str(image),
        "size": [picture.shape[1], picture.shape[0]],
        "corners": None if outline is None else [[round(float(x), 1), round(float(y), 1)] for x, y in outline.corners],
        "confidence": 0.0 if outline is None else round(outline.confidence, 4),
        "outline": seen.outlined,
        "verdict": seen.verdict,
        "reasons": [reason.name.lower() for reason in reasons],
        "turned": 90 * seen.turns,
        "codes": [code.text for code in seen.codes],
        "covered": [[round(side, 4) for side in (box.left, box.top, box.right, box.bottom)] for box in seen.covers],
        "page": None if page is None else str(page),
        "bytes": len(seen.jpeg),
        "milliseconds": watch.took,
    }
