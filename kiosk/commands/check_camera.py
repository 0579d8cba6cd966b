"""`kiosk check camera`: a technician looks through the camera, and calibrates it."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from drivers.bench.remote import RemoteBench
from drivers.camera.picamera import PiCamera
from drivers.camera.uvc import UvcCamera
from kiosk.command_line import CheckCamera
from kiosk.commands.bench_process import bench_process
from kiosk.documents.calibrate import SHEET_DPI, Sighting, calibrate, draw_sheet, find_sheet
from kiosk.documents.find import SURE, view_tray
from kiosk.documents.straighten import TrayGeometry
from kiosk.failures import DriverError
from kiosk.ports import Camera, Frame
from kiosk.service.check_camera import (
    CameraReport,
    Finding,
    Grade,
    dirt_findings,
    frame_finding,
    no_sheet_finding,
    sheet_findings,
)
from kiosk.service.tray_file import NAME, write_tray
from kiosk.settings import ETC, Settings, SettingsError, load
from kiosk.wiring import Devices, at_bench, real_devices

_PATIENCE = 60.0  # seconds to empty the tray, and to lay the sheet
_FRAMES = 5  # of which the noise is averaged away
_WARM_UP = 10  # frames until exposure has settled
_EMPTY = 0.012
_ASTRAY = 0.0008  # of the frame's long side: corners of a flat sheet lie nearer to where they should


@dataclass(frozen=True, slots=True)
class _Hands:
    """Who empties the tray and lays the sheet; each returns when it may be looked whether it was done."""

    empty: Callable[[], None]
    lay: Callable[[], None]
    patience: float


def print_the_sheet(file: Path) -> int:
    """A PDF or PNG of the calibration sheet."""
    try:
        Image.fromarray(draw_sheet()[:, :, 0]).save(file, resolution=SHEET_DPI, dpi=(SHEET_DPI, SHEET_DPI))
    except OSError as error:
        raise SettingsError(file, "--calibration-sheet", f"cannot be written ({error.strerror}).") from None
    print(f"{file}: print it at 100 % on A4, measure its ruler, and lay it flat in the middle of the tray")
    return 0


def check_the_camera(command: CheckCamera) -> int:
    """Exit code 1 where something hinders a visit."""
    settings = load(command.simulate, command.config, for_visitors=False)
    with ExitStack() as end:
        hands, devices = end.enter_context(_surroundings(command, settings))
        panel, camera = devices.panel(), devices.camera()
        end.callback(panel.close)
        end.callback(camera.leave)
        with suppress(DriverError):  # whether it burns is asked of `kiosk check panel`; too dark a sheet says so too
            panel.show(reader=False, tray=True, call=False)
        findings: list[Finding] = []
        try:
            sheet = _look(camera, hands, devices.geometry, command.ruler_mm, findings)
            report = CameraReport(findings)
        except DriverError as error:
            sheet, report = None, CameraReport((*findings, _lost(camera, settings)), error.failure)
        if command.calibrate and report.failure is None:
            report = CameraReport((*findings, _calibrated(command, devices.geometry, sheet)))
    print(json.dumps(report.document()) if command.as_json else "\n".join(report.lines()))
    return report.exit_code


def _look(
    camera: Camera, hands: _Hands, geometry: TrayGeometry, ruler_mm: float, findings: list[Finding]
) -> Sighting | None:
    """Both looks; what was found goes into `findings`, the sheet is returned."""
    camera.open()
    for _ in range(_WARM_UP):
        camera.preview()
    hands.empty()
    empty = _until(camera, _is_empty, hands.patience)
    hands.lay()
    laid = _until(camera, lambda frame: find_sheet(frame) is not None, hands.patience)
    still = camera.still()
    findings.append(frame_finding(still, camera.preview()))
    if empty is None:
        advice = "the tray was not empty: take everything away to have it looked at"
        findings.append(Finding("tray", Grade.UNKNOWN, {}, advice))
    else:
        findings.extend(dirt_findings(empty, laid))
    sheet = find_sheet(still)
    if sheet is None:
        findings.append(no_sheet_finding())
    else:
        findings.extend(sheet_findings(still, sheet, geometry, ruler_mm))
    return sheet


def _until(camera: Camera, seen: Callable[[Frame], bool], patience: float) -> list[Frame] | None:
    """Some previews of what was waited for; None where it did not come."""
    until = time.monotonic() + patience
    while not seen(camera.preview()):
        if time.monotonic() >= until:
            return None
    return [camera.preview() for _ in range(_FRAMES)]


def _is_empty(frame: Frame) -> bool:
    view = view_tray(frame)
    return view.covered < _EMPTY and (view.outline is None or view.outline.confidence < SURE)


def _lost(camera: Camera, settings: Settings) -> Finding:
    fault = camera.fault if isinstance(camera, PiCamera | UvcCamera) else None
    facts: dict[str, str | float] = {"driver": settings.camera.driver, "fault": fault.name.lower() if fault else "lost"}
    return Finding("camera", Grade.WRONG, facts, fault.advice if fault else "check its cable")


def _calibrated(command: CheckCamera, geometry: TrayGeometry, sheet: Sighting | None) -> Finding:
    """Find out and write down. Raises SettingsError where the file cannot be written."""
    if sheet is None:
        return Finding("calibration", Grade.WRONG, {}, "no sheet was seen: lay it flat, print side up, in the middle")
    found = calibrate(sheet, (geometry.width_mm, geometry.height_mm), command.ruler_mm)
    lens = f"{found.geometry.lens[0]:+.4f} {found.geometry.lens[1]:+.4f}"
    facts: dict[str, str | float] = {"error_px": round(found.error_px, 2), "corners": found.corners, "lens": lens}
    if found.error_px > _ASTRAY * max(sheet.size):
        return Finding("calibration", Grade.WRONG, facts, "nothing was written: the sheet does not lie flat, or moved")
    file = command.to or (None if command.simulate else ETC / NAME)
    if file is not None:
        write_tray(found.geometry, file)
    return Finding("calibration", Grade.FINE, facts | {"written_to": str(file or "nowhere (simulated)")})


@contextmanager
def _surroundings(command: CheckCamera, settings: Settings) -> Iterator[tuple[_Hands, Devices]]:
    """Devices, and who lays what upon the tray."""
    if not command.simulate:
        prompt = sys.stdin.isatty() and not command.as_json

        def say(line: str) -> None:
            if prompt:
                print(line, flush=True)

        yield (
            _Hands(
                lambda: say("take everything off the tray"),
                lambda: say("lay the calibration sheet flat in the middle of the tray, print side up"),
                _PATIENCE if prompt else 0.0,
            ),
            real_devices(settings),
        )
        return
    with bench_process() as bench, RemoteBench(bench) as hands:
        file = bench / "sheet.png"
        Image.fromarray(np.ascontiguousarray(draw_sheet())).save(file)
        yield _Hands(hands.take_paper, lambda: hands.lay_paper(file, degrees=3), 0.0), at_bench(bench)
