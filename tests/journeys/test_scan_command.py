"""`kiosk scan`, as an engineer runs it: one JSON line a photograph, one for all of them, and sentences for the rest."""

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from drivers.bench.papers import Kind
from drivers.camera.simulator import SimulatedTray
from drivers.camera.tray import Air
from kiosk.__main__ import main
from tests.documents.trays import sheet

KEYS = {
    "image", "size", "corners", "confidence", "outline", "verdict", "reasons", "turned", "codes", "covered", "page",
    "bytes", "milliseconds",
}  # fmt: skip


def photograph(file: Path, kind: Kind, air: Air | None = None) -> list[list[float]]:
    """A picture file of a paper on the tray; its true corners."""
    tray = SimulatedTray()
    tray.lay(sheet(kind), degrees=3)
    if air is not None:
        tray.air(air)
    cv2.imwrite(str(file), cv2.cvtColor(tray.still(), cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, 95])
    corners: list[list[float]] = tray.corners()[0].tolist()
    return corners


def test_photographs_are_found_judged_and_packed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, blurred, out = tmp_path / "letter.jpg", tmp_path / "blurred.jpg", tmp_path / "pages"
    true = photograph(good, Kind.NOTICE)
    photograph(blurred, Kind.FORM, Air(blur_px=5))
    assert main(["scan", "--json", "--out", str(out), str(good), str(blurred)]) == 0
    first, second, package = map(json.loads, capsys.readouterr().out.splitlines())
    assert set(first) == set(second) == KEYS
    assert first["size"] == [4056, 3040]
    assert np.abs(np.array(first["corners"]) - np.array(true)).max() < 8
    assert (first["outline"], first["verdict"], first["turned"], first["covered"]) == ("accept", "accept", 0, [])
    assert 0.9 < first["confidence"] <= 1
    page = cv2.imread(first["page"])
    assert page is not None
    assert page.shape[0] > page.shape[1]
    assert Path(first["page"]).stat().st_size == first["bytes"]
    assert {"decode", "outline", "judge", "page", "numbers", "encode"} <= set(first["milliseconds"])
    assert (second["outline"], second["verdict"], second["page"]) == ("accept", "refuse", None)
    assert second["reasons"][0] == "page_blurred"
    assert package["package"]["files"] == 1
    assert package["package"]["dpi"] >= 200
    assert [file.name for file in out.iterdir()] == ["01-letter.jpg"]


def test_what_is_no_picture_is_told_and_the_others_go_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken, empty = tmp_path / "broken.jpg", tmp_path / "empty.png"
    broken.write_bytes(b"\xff\xd8\xff\xe0 no picture")
    cv2.imwrite(str(empty), np.full((300, 400, 3), 40, np.uint8))
    assert main(["scan", "--json", str(broken), str(tmp_path / "nowhere.jpg"), str(empty)]) == 1
    told = capsys.readouterr()
    line, package = map(json.loads, told.out.splitlines())
    assert (line["corners"], line["outline"], line["verdict"]) == (None, "refuse", "refuse")
    assert package == {"package": {"files": 0, "dpi": 300, "quality": 92, "bytes": 0}}
    assert "broken.jpg" in told.err
    assert "nowhere.jpg" in told.err


def test_without_json_there_is_no_answer(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["scan", "a.jpg"])
    assert ended.value.code == 2
    assert "--json" in capsys.readouterr().err
