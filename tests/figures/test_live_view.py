"""How many frames a second reach the glass: from the camera's process through finder and guidance to painted pixels.

The simulated camera runs in a process of its own and gives what is asked of it; the visit's side is as in a visit: one
worker that looks, one thread of the glass that paints. What a frame costs by what happens on it is in
`test_preview.py`. Beside the rate by the clock on the wall, which other work on
the machine lowers, stands what a frame costs in processor time, which it does not. Figures, not verdicts.
"""

import statistics
import subprocess
import sys
import time
from pathlib import Path

import cv2
import numpy as np
import pytest

from drivers.camera.remote import RemoteCamera
from drivers.camera.tray import QUAD, TRAY_MM
from kiosk.documents.straighten import TrayGeometry
from kiosk.effects import Photograph
from kiosk.events import TraySeen, Wiped
from kiosk.flow.lamps import Looking
from kiosk.ports import Frame
from kiosk.shell.live_view import LiveView
from kiosk.shell.looking import News
from kiosk.shell.portfolio import Portfolio
from kiosk.shell.scanning import Scanning
from kiosk.shell.workers import Office, Worker
from kiosk.views import Chrome, ScanView, Scene
from kiosk.visit import Guidance, Preferences, Sight
from screens.window import Window
from tests.figures.tables import table
from tests.house.tree import ROOT
from tests.screens.glasses import panels
from tests.shell.fakes import journal

pytestmark = pytest.mark.bench

SECONDS = 10.0
TURNS = 200

CAMERA = """
import socket, sys, threading
from drivers.bench.papers import Kind, print_paper
from drivers.camera.remote import ServedCamera
from drivers.camera.simulator import SimulatedCamera, SimulatedTray
tray = SimulatedTray()
served = ServedCamera(tray, SimulatedCamera(tray, frames_per_second=30))
door = socket.socket(socket.AF_UNIX)
door.bind(sys.argv[1])
door.listen()
def serve():
    while True:
        threading.Thread(target=served.serve, args=(door.accept()[0],), daemon=True).start()
threading.Thread(target=serve, daemon=True).start()
tray.still()
print("ready", flush=True)
sys.stdin.readline()
tray.lay(print_paper(Kind.NOTICE))
tray.still()
print("laid", flush=True)
sys.stdin.read()
"""


class Seen:
    """The pictures that the glass asks for, each frame counted once."""

    def __init__(self, portfolio: Portfolio) -> None:
        self._portfolio = portfolio
        self._last: Frame | None = None
        self.count = 0

    def frame(self) -> Frame | None:
        frame = self._portfolio.frame()
        if frame is not self._last:
            self._last = frame
            self.count += 1
        return frame

    def page(self, number: int) -> Frame | None:
        return self._portfolio.page(number)

    def thumbnail(self, number: int) -> Frame | None:
        return self._portfolio.thumbnail(number)

    def still(self, number: int) -> Frame | None:
        return self._portfolio.still(number)

    def numbers(self) -> tuple[int, ...]:
        return ()


def test_frames_a_second_on_the_glass(tmp_path: Path) -> None:
    cv2.setNumThreads(1)  # as in a visit
    path = tmp_path / "camera.sock"
    process = subprocess.Popen(
        [sys.executable, "-c", CAMERA, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    with process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        camera, portfolio, told = RemoteCamera(path), Portfolio(), list[News]()
        scanning = Scanning(camera, portfolio, TrayGeometry(*TRAY_MM, QUAD), time.monotonic)
        live = LiveView(scanning, told.append)
        live.look_for(Looking(1, need_empty=True))
        live.turn()
        process.stdin.write("\n")
        process.stdin.flush()
        assert process.stdout.readline() == "laid\n"
        costs = cost_of_turns(live)
        frame = portfolio.frame()
        assert frame is not None
        rates = rates_on_the_glass(live, portfolio)
        assert isinstance(told[-1], TraySeen)
        assert told[-1].sight.guidance in {Guidance.HOLD_STILL, Guidance.READY}
        scanning.close()
        camera.leave()
        process.stdin.close()
    table(
        "the live view, a letter on the tray, camera at 30 frames a second in its own process",
        [
            ("frames a second through finder and guidance", f"{rates[0]:.1f}"),
            ("frames a second painted on the glass (10.1 inch)", f"{rates[1]:.1f}"),
            ("one frame through finder and guidance, processor time: mean", f"{statistics.fmean(costs):.1f} ms"),
            ("  median", f"{statistics.median(costs):.1f} ms"),
            ("  p99", f"{np.percentile(costs, 99):.1f} ms"),
            ("one frame on the glass, looking included, processor time", f"{rates[2]:.1f} ms"),
        ],
    )


def cost_of_turns(live: LiveView) -> list[float]:
    """Milliseconds of processor time of single turns, at the camera's pace."""
    costs = []
    for _ in range(TURNS):
        began = time.process_time()
        live.turn()
        costs.append((time.process_time() - began) * 1000)
    return costs


def rates_on_the_glass(live: LiveView, portfolio: Portfolio) -> tuple[float, float, float]:
    """Turns a second, frames a second on the glass, and processor milliseconds for each of the latter."""
    turns = 0

    def turn() -> float | None:
        nonlocal turns
        turns += 1
        return live.turn()

    seen = Seen(portfolio)
    window = Window(panels()["10.1-landscape"], seen)
    office = Office(lambda _: None, journal()[0], time.monotonic)
    worker = Worker[Photograph]("papers", office, lambda _: Wiped(), turn)
    try:
        sight = Sight(Guidance.HOLD_STILL, ((0.3, 0.1), (0.7, 0.1), (0.7, 0.9), (0.3, 0.9)))
        window.show(Scene(Chrome(4), ScanView(1, 1, sight, 0, 5, 0, 10_000_000)), Preferences(), None)
        seen.count, turns = 0, 0
        began, processor = time.monotonic(), time.process_time()
        while time.monotonic() - began < SECONDS:
            window.wait(0.5)
        taken, worked = time.monotonic() - began, time.process_time() - processor
        return turns / taken, seen.count / taken, worked * 1000 / max(1, seen.count)
    finally:
        worker.stop()
        worker.join(5)
        window.close()
