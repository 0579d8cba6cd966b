"""What a technician is told of a camera, and what becomes of a calibration."""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest

from drivers.camera.tray import QUAD, TRAY_MM, Air, Frame, Lying, Scene, render, small
from kiosk.__main__ import main
from kiosk.documents.calibrate import draw_sheet, find_sheet
from kiosk.documents.straighten import TrayGeometry
from kiosk.service.check_camera import (
    CameraReport,
    Finding,
    Grade,
    dirt_findings,
    frame_finding,
    no_sheet_finding,
    sheet_findings,
)
from kiosk.service.tray_file import write_tray
from kiosk.settings import SettingsError, load

GEOMETRY = TrayGeometry(*TRAY_MM, QUAD)
SCENE = Scene((Lying(draw_sheet(), (210.0, 297.0), (210.0, 157.5), 2.0),))


@cache
def still(air: Air | None = None) -> Frame:
    return render(replace(SCENE, air=air or Air()))


def found(picture: Frame, geometry: TrayGeometry = GEOMETRY) -> dict[str, Finding]:
    seen = find_sheet(picture)
    assert seen is not None
    return {finding.what: finding for finding in sheet_findings(picture, seen, geometry, 100.0)}


def test_a_good_camera_is_in_order() -> None:
    findings = found(still())
    assert {finding.grade for finding in findings.values()} == {Grade.FINE}
    assert CameraReport(tuple(findings.values())).exit_code == 0


@pytest.mark.parametrize(
    ("air", "what", "grade"),
    [
        (Air(blur_px=2.2), "focus", Grade.NOTE),
        (Air(blur_px=5.0), "focus", Grade.WRONG),
        (Air(light=0.5), "exposure", Grade.NOTE),
        (Air(light=0.35), "exposure", Grade.WRONG),
        (Air(light=1.3), "exposure", Grade.WRONG),
    ],
    ids=str,
)
def test_what_is_not_well_is_named_and_says_what_to_do(air: Air, what: str, grade: Grade) -> None:
    finding = found(still(air))[what]
    assert finding.grade is grade
    assert len(finding.advice) > 20


def test_light_from_one_side_is_told() -> None:
    falling = np.linspace(1.0, 0.25, still().shape[1], dtype=np.float32)[None, :, None]
    aside = (still() * falling).astype(np.uint8)
    assert found(aside)["evenness"].grade in {Grade.NOTE, Grade.WRONG}


def test_a_camera_that_was_moved_is_told() -> None:
    nearer = TrayGeometry(*TRAY_MM, tuple((0.5 + (x - 0.5) * 1.03, 0.5 + (y - 0.5) * 1.03) for x, y in QUAD))
    finding = found(still(), nearer)["geometry"]
    assert finding.grade is Grade.WRONG
    assert "--calibrate" in finding.advice


def test_dirt_is_counted_and_shown_where_it_is_on_the_glass() -> None:
    empty, sheet = small(render(Scene())), small(still())
    for picture, grey in ((empty, 110), (sheet, 140)):
        cv2.circle(picture, (80, 80), 5, (grey, grey, grey), -1)
    tray, glass = dirt_findings([empty] * 3, [sheet] * 3)
    assert (tray.grade, tray.facts["specks"]) == (Grade.FINE, 0)
    assert (glass.grade, glass.facts["specks"]) == (Grade.NOTE, 1)
    assert "8% from the left" in str(glass.facts["at"])
    assert dirt_findings([empty] * 3, None)[1].grade is Grade.UNKNOWN


@pytest.mark.parametrize(
    ("size", "grade"), [((1280, 960), Grade.WRONG), ((3264, 2448), Grade.NOTE), ((4056, 3040), Grade.FINE)], ids=str
)
def test_a_camera_with_too_few_pixels_is_told(size: tuple[int, int], grade: Grade) -> None:
    frame = np.zeros((size[1], size[0], 3), np.uint8)
    assert frame_finding(frame, frame).grade is grade


def test_what_could_not_be_looked_at_hinders_nobody() -> None:
    report = CameraReport((no_sheet_finding(),))
    assert report.exit_code == 0
    assert report.lines()[-1].split() == ["result", "in", "order"]


def test_the_command_looks_through_the_bench_and_the_next_start_goes_by_what_it_wrote(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "60-tray.toml"
    assert main(["check", "camera", "--simulate", "--json", "--calibrate", "--to", str(file)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["failure"] is None
    assert {one["what"]: one["grade"] for one in told["findings"]} == dict.fromkeys(
        ("frames", "tray", "glass", "focus", "exposure", "evenness", "geometry", "calibration"), "fine"
    )
    tray = load(True, file, tmp_path / "nothing").tray
    assert np.abs(np.array(tray.lens)).max() < 0.01
    assert np.ptp(np.array(tray.quad), axis=0) == pytest.approx((1.016, 0.992), abs=0.005)


def test_the_sheet_is_a_file_to_be_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, begins in (("sheet.pdf", b"%PDF"), ("sheet.png", b"\x89PNG")):
        assert main(["check", "camera", "--calibration-sheet", str(tmp_path / name)]) == 0
        assert (tmp_path / name).read_bytes().startswith(begins)
    assert "100 %" in capsys.readouterr().out
    assert main(["check", "camera", "--calibration-sheet", str(tmp_path / "none" / "sheet.pdf")]) == 2
    with pytest.raises(SystemExit):
        main(["check", "camera", "--calibration-sheet", str(tmp_path / "sheet.doc")])


def test_a_place_that_cannot_be_written_is_refused_with_its_reason(tmp_path: Path) -> None:
    with pytest.raises(
        SettingsError, match=r"tray.*cannot be written \(No such file or directory\): is its folder there\?"
    ):
        write_tray(GEOMETRY, tmp_path / "none" / "60-tray.toml")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ("corners = [0, 0, 1, 0, 1, 1, 0]", "tray.corners"),
        ("corners = [0, 0, 0, 1, 1, 1, 1, 0]", "must go round the tray clockwise"),
        ("corners = [0, 0, 1, 0, 0.1, 0.1, 0, 1]", "must go round the tray clockwise"),
        ("lens = [3.0, 0.0]", "tray.lens"),
    ],
)
def test_a_tray_that_nobody_can_see_so_is_refused(tmp_path: Path, said: str, complaint: str) -> None:
    file = tmp_path / "60-tray.toml"
    file.write_text(f"[tray]\n{said}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=complaint):
        load(True, file, tmp_path / "nothing")
