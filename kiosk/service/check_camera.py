"""`kiosk check camera`: what a technician can mend, seen through the camera itself.

Two looks: at the empty tray (dirt), and at the calibration sheet (focus, exposure, evenness of the light, geometry).
Each finding is a line with its measure and, where it is not well, with what to do. Bounds are first values, from
rendered trays; `focus` is the width of the sheet's sharpest edges in pixels, as a lens draws them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

import cv2
import numpy as np

from kiosk.documents.calibrate import Sighting, deviation
from kiosk.documents.pixels import Grey, Pixels, as_grey
from kiosk.documents.specks import find_specks, on_glass
from kiosk.documents.straighten import TrayGeometry
from kiosk.failures import Failure

_SHARP, _BLURRED = 5.0, 8.0  # pixels of an edge
_DARK, _DIM, _BRIGHT = 90.0, 130.0, 247.0
_EVEN, _UNEVEN = 0.7, 0.5
_MOVED_MM, _ASTRAY_MM = 1.0, 2.5
_SPECKS = 12


class Grade(Enum):
    """How a finding is to be taken."""

    FINE = "fine"
    NOTE = "note"  # works, and would work better
    WRONG = "wrong"  # hinders visits
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: its measures, and what a technician should do (empty: nothing)."""

    what: str
    grade: Grade
    facts: Mapping[str, str | float]
    advice: str = ""


@dataclass(frozen=True, slots=True)
class CameraReport:
    """What was found; `failure` where the camera itself did not answer."""

    findings: Sequence[Finding]
    failure: Failure | None = None

    @property
    def exit_code(self) -> int:
        """0 where nothing hinders a visit, else 1."""
        wrong = any(finding.grade is Grade.WRONG for finding in self.findings)
        return 1 if wrong or self.failure is not None else 0

    def document(self) -> dict[str, object]:
        """For `--json`."""
        return {
            "findings": [
                {"what": one.what, "grade": one.grade.value, **one.facts, "advice": one.advice or None}
                for one in self.findings
            ],
            "failure": self.failure.name if self.failure else None,
        }

    def lines(self) -> tuple[str, ...]:
        """For people who read English on a terminal."""
        lines = [line for one in self.findings for line in _lines(one)]
        wrong = [one.what for one in self.findings if one.grade is Grade.WRONG]
        result = self.failure.name if self.failure else f"wrong: {', '.join(wrong)}" if wrong else "in order"
        return (*lines, f"{'result':12} {result}")


def _lines(one: Finding) -> tuple[str, ...]:
    facts = "; ".join(f"{name.replace('_', ' ')} {value}" for name, value in one.facts.items())
    first = f"{one.what:12} {one.grade.value:8} {facts}".rstrip()
    return (first, f"{'':12} {one.advice}") if one.advice else (first,)


def frame_finding(still: Pixels, preview: Pixels) -> Finding:
    """How large its frames are, and whether a page is legible at that size."""
    facts = {"still": f"{still.shape[1]}x{still.shape[0]}", "preview": f"{preview.shape[1]}x{preview.shape[0]}"}
    if max(still.shape[:2]) < 2400:
        return Finding(
            "frames", Grade.WRONG, facts, "small print is not legible: use a camera of at least 8 megapixels"
        )
    if max(still.shape[:2]) < 3300:
        return Finding("frames", Grade.NOTE, facts, "below 200 dpi on the tray: a camera of 12 megapixels shows more")
    return Finding("frames", Grade.FINE, facts)


def dirt_findings(empty: Sequence[Pixels], sheet: Sequence[Pixels] | None) -> tuple[Finding, Finding]:
    """Of the tray and of the glass, from previews of the empty tray and of the sheet upon it."""
    specks = find_specks(empty)
    glass = on_glass(specks, sheet) if sheet is not None else ()
    tray = len(specks) - len(glass)
    tray_facts: dict[str, str | float] = {"specks": tray}
    advice = "wipe the tray with a damp cloth, then look again" if tray > _SPECKS else ""
    first = Finding("tray", Grade.NOTE if advice else Grade.FINE, tray_facts, advice)
    if sheet is None:
        return first, Finding("glass", Grade.UNKNOWN, {}, "lay the calibration sheet to tell dirt on the glass")
    where = ", ".join(f"{speck.x:.0%} from the left and {speck.y:.0%} from above" for speck in glass[:3])
    facts: dict[str, str | float] = {"specks": len(glass), **({"at": where} if where else {})}
    wipe = "wipe the glass before the lens with a dry lens cloth"
    return first, Finding("glass", Grade.NOTE if glass else Grade.FINE, facts, wipe if glass else "")


def sheet_findings(still: Pixels, seen: Sighting, geometry: TrayGeometry, ruler_mm: float) -> tuple[Finding, ...]:
    """Focus, exposure, evenness and geometry, from a still of the calibration sheet."""
    grey = as_grey(still)
    left, top = np.maximum(seen.pixels.min(axis=0).astype(int), 0)
    right, bottom = np.minimum(seen.pixels.max(axis=0).astype(int) + 1, seen.size)
    sheet = np.ascontiguousarray(grey[top:bottom, left:right])
    return (_focus(sheet), *_light(sheet), _geometry(seen, geometry, ruler_mm))


def no_sheet_finding() -> Finding:
    """Where none lay there."""
    advice = "lay the sheet of `kiosk check camera --calibration-sheet FILE`, print side up, and look again"
    return Finding("sheet", Grade.UNKNOWN, {}, advice)


def edge_width(sheet: Grey) -> float:
    """How many pixels the sheet's edges take from black to white, the worst ninth of it counting."""
    soft = cv2.GaussianBlur(sheet, (0, 0), 0.8).astype(np.float32)
    slope = np.maximum(np.abs(cv2.Sobel(soft, cv2.CV_32F, 1, 0)), np.abs(cv2.Sobel(soft, cv2.CV_32F, 0, 1))) / 8
    widths = []
    for rows in np.array_split(np.arange(sheet.shape[0]), 3):
        for columns in np.array_split(np.arange(sheet.shape[1]), 3):
            part = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
            low, high = np.percentile(sheet[part][::4, ::4], (5, 95))
            widths.append((high - low) / max(1e-3, float(np.percentile(slope[part][::2, ::2], 98))))
    return float(max(widths))


def _focus(sheet: Grey) -> Finding:
    width = edge_width(sheet)
    grade = Grade.FINE if width < _SHARP else Grade.NOTE if width < _BLURRED else Grade.WRONG
    advice = "turn the lens, or change camera.focus, until edges take fewer pixels; wipe the glass first"
    return Finding("focus", grade, {"edge_px": round(width, 1)}, "" if grade is Grade.FINE else advice)


def _light(sheet: Grey) -> tuple[Finding, Finding]:
    """White of the sheet: where it is highest in each of 6 by 8 fields."""
    tall, wide = sheet.shape
    fields = [
        float(np.percentile(part, 90))
        for rows in np.array_split(sheet, 8)
        for part in np.array_split(rows, 6, axis=1)
        if tall >= 64 and wide >= 48
    ]
    white = float(np.median(fields)) if fields else 0.0
    even = min(fields) / max(1.0, *fields) if fields else 0.0
    facts: dict[str, str | float] = {"white": round(white)}
    if white < _DIM:
        grade = Grade.WRONG if white < _DARK else Grade.NOTE
        exposure = Finding(
            "exposure", grade, facts, "too dark: is the light over the tray on? `kiosk check panel` lights it"
        )
    elif white > _BRIGHT:
        exposure = Finding("exposure", Grade.WRONG, facts, "too bright: shade the tray from sun and lamps")
    else:
        exposure = Finding("exposure", Grade.FINE, facts)
    grade = Grade.FINE if even >= _EVEN else Grade.NOTE if even >= _UNEVEN else Grade.WRONG
    advice = "one side is darker: turn the tray's light, and take away what throws a shadow"
    return exposure, Finding(
        "evenness", grade, {"darkest_of_lightest": round(even, 2)}, "" if grade is Grade.FINE else advice
    )


def _geometry(seen: Sighting, geometry: TrayGeometry, ruler_mm: float) -> Finding:
    off = deviation(geometry, seen, ruler_mm)
    grade = Grade.FINE if off < _MOVED_MM else Grade.NOTE if off < _ASTRAY_MM else Grade.WRONG
    advice = "camera or tray has moved: fasten both, then `kiosk check camera --calibrate`"
    return Finding("geometry", grade, {"off_mm": round(off, 1)}, "" if grade is Grade.FINE else advice)
