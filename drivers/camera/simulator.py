"""The simulated camera: two faces over one tray.

`SimulatedTray` is the hand's: lay, take, turn, shake, unplug; it may be used from any thread and outlives a visit.
`SimulatedCamera` is the driver's, a `kiosk.ports.Camera`. The still is rendered once per change of the tray and kept,
and what lies there outlives a change of the air; previews are made from the still with a few grains that change from
frame to frame, as a sensor's do.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from stat import S_ISREG

import cv2
import numpy as np

from drivers.camera.bending import Lens
from drivers.camera.tray import (
    TRAY_MM,
    Air,
    Corners,
    Frame,
    Lying,
    Scene,
    corners_in_frame,
    fitted,
    grainy,
    laid,
    small,
    through_air,
)
from kiosk.events import CameraBack, CameraLost
from kiosk.failures import DriverError, Failure
from kiosk.ports import CameraEvent

FRAMES_PER_SECOND = 15.0
_GRAINS = 4  # different previews of one scene
_TREMBLE = ((0, 0), (11, -7), (-9, 12), (6, 10))  # a shaken preview moves by these pixels


@dataclass(frozen=True, slots=True)
class _Shot:
    """All frames of one state of the tray."""

    still: Frame
    previews: tuple[Frame, ...]


class SimulatedTray:
    """What lies on the tray. The hand's face."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._scene = Scene()
        self._photograph: Frame | None = None
        self._laid: Frame | None = None  # all that lies there, before the air
        self._shot: _Shot | None = None
        self._shaking = False
        self._plugged = True
        self._listeners: list[Callable[[bool], None]] = []

    # --- the hand ---------------------------------------------------------------------------------------------------

    def lay(
        self,
        paper: Frame | Path,
        centre_mm: tuple[float, float] | None = None,
        degrees: float = 0.0,
        dpi: float = 300.0,
        curl_mm: float = 0.0,
    ) -> None:
        """Put a paper on top: pixels (RGB) or a picture file, `dpi` of them an inch; in the middle by default. Its
        short ends may have come up by so many mm.
        """
        pixels = read_picture(paper) if isinstance(paper, Path) else paper
        size = (pixels.shape[1] / dpi * 25.4, pixels.shape[0] / dpi * 25.4)
        middle = centre_mm or (TRAY_MM[0] / 2, TRAY_MM[1] / 2)
        with self._lock:
            self._change(
                replace(self._scene, papers=(*self._scene.papers, Lying(pixels, size, middle, degrees, curl_mm)))
            )

    def show(self, photograph: Frame | Path) -> None:
        """Let the camera see a whole photograph in place of the tray, until something is laid or taken."""
        pixels = read_picture(photograph) if isinstance(photograph, Path) else photograph
        with self._lock:
            self._change(Scene(air=self._scene.air, lens=self._scene.lens))
            self._photograph = fitted(pixels)

    def take(self) -> None:
        """Take everything away."""
        with self._lock:
            self._change(replace(self._scene, papers=()))

    def turn(self, degrees: float) -> None:
        """Turn what lies there, clockwise."""
        with self._lock:
            turned = tuple(replace(paper, degrees=paper.degrees + degrees) for paper in self._scene.papers)
            self._change(replace(self._scene, papers=turned))

    def turn_over(self) -> None:
        """Turn what lies there upside down: print where there was none, and none where there was."""
        with self._lock:
            over = tuple(replace(paper, face_down=not paper.face_down) for paper in self._scene.papers)
            self._change(replace(self._scene, papers=over))

    def slide(self, right_mm: float, down_mm: float) -> None:
        """Push what lies there along the tray."""
        with self._lock:
            slid = tuple(
                replace(paper, centre_mm=(paper.centre_mm[0] + right_mm, paper.centre_mm[1] + down_mm))
                for paper in self._scene.papers
            )
            self._change(replace(self._scene, papers=slid))

    def shake(self, on: bool = True) -> None:
        """Move the papers to and fro until told otherwise; a still is smeared meanwhile."""
        with self._lock:
            self._shaking = on
            self.air(replace(self._scene.air, motion_px=45 if on else 0))

    def air(self, air: Air) -> None:
        """Change light, blur, glare and noise; `Air()` is a good day."""
        with self._lock:
            self._scene = replace(self._scene, air=air)
            self._shot = None

    def curl(self, millimetres: float) -> None:
        """Let the short ends of all that lies there come up so high."""
        with self._lock:
            curled = tuple(replace(paper, curl_mm=millimetres) for paper in self._scene.papers)
            self._change(replace(self._scene, papers=curled))

    def reach(self, share: float) -> None:
        """A hand comes in from the visitor's side as far as this share of the frame's height; 0 takes it away."""
        with self._lock:
            self._change(replace(self._scene, hand=share))

    def bend(self, lens: Lens) -> None:
        """Look through another lens from now on (`drivers.camera.bending.Lens`)."""
        with self._lock:
            self._change(replace(self._scene, lens=lens))

    def unplug(self) -> None:
        """Pull the camera's cable."""
        self._tell(False)

    def plug(self) -> None:
        """Put it back."""
        self._tell(True)

    def corners(self) -> list[Corners]:
        """True corners of each paper in pixels of a still, lowest paper first."""
        with self._lock:
            return [corners_in_frame(paper, self._scene.lens) for paper in self._scene.papers]

    # --- for the driver ---------------------------------------------------------------------------------------------

    @property
    def plugged(self) -> bool:
        """Whether the camera is there."""
        return self._plugged

    def listen(self, tell: Callable[[bool], None]) -> None:
        """Call `tell` whenever the cable is pulled (False) or put back (True)."""
        self._listeners.append(tell)

    def still(self) -> Frame:
        """What the camera sees now, at full size."""
        return self._developed().still

    def preview(self, count: int) -> Frame:
        """The small frame number `count`."""
        shot = self._developed()
        frame = shot.previews[count % _GRAINS]
        return np.roll(frame, _TREMBLE[count % len(_TREMBLE)], axis=(0, 1)) if self._shaking else frame

    def _developed(self) -> _Shot:
        with self._lock:
            if self._shot is None:
                still = self._photograph
                if still is None:
                    self._laid = laid(self._scene) if self._laid is None else self._laid
                    still = through_air(self._laid, self._scene.air, self._scene.seed)
                frame = small(still)
                previews = tuple(grainy(frame, self._scene.air.noise / 2, seed) for seed in range(_GRAINS))
                for picture in (still, *previews):
                    picture.flags.writeable = False
                self._shot = _Shot(still, previews)
            return self._shot

    def _change(self, scene: Scene) -> None:
        self._scene, self._photograph, self._laid, self._shot = scene, None, None, None

    def _tell(self, plugged: bool) -> None:
        changed, self._plugged = self._plugged != plugged, plugged
        for tell in self._listeners if changed else ():
            tell(plugged)


class SimulatedCamera:
    """The driver's face: a camera above `tray`. `frames_per_second` 0 gives frames without waiting, for tests."""

    def __init__(
        self,
        tray: SimulatedTray,
        frames_per_second: float = FRAMES_PER_SECOND,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._tray = tray
        self._interval = 1 / frames_per_second if frames_per_second else 0.0
        self._clock = clock
        self._stirred = threading.Event()  # set: do not wait for the next frame
        self._open = False
        self._count = 0
        self._due = 0.0
        self._tell: Callable[[CameraEvent], None] = lambda _event: None
        tray.listen(self._heard)

    def watch(self, tell: Callable[[CameraEvent], None]) -> None:
        """Tell about the cable."""
        self._tell = tell

    def open(self) -> None:
        """Begin to look."""
        self._present()
        self._stirred.clear()
        self._open = True

    def close(self) -> None:
        """Look no longer."""
        self._open = False
        self._stirred.set()

    def preview(self) -> Frame:
        """The next frame, as soon as it is due."""
        self._looking()
        now = self._clock()
        if self._due > now:
            self._stirred.wait(min(self._due - now, 1.0))
        self._looking()
        self._due = max(self._due, now - self._interval) + self._interval  # who was late once keeps the pace
        self._count += 1
        return self._tray.preview(self._count)

    def still(self) -> Frame:
        """What lies there, at full size."""
        self._looking()
        return self._tray.still()

    def leave(self) -> None:
        """For good."""
        self._tell = lambda _event: None
        self.close()

    def _heard(self, plugged: bool) -> None:
        self._stirred.set()
        self._tell(CameraBack() if plugged else CameraLost())

    def _looking(self) -> None:
        self._present()
        if not self._open:
            raise DriverError(Failure.CAMERA_LOST)

    def _present(self) -> None:
        if not self._tray.plugged:
            self._open = False  # a camera that comes back has to be opened anew
            raise DriverError(Failure.CAMERA_LOST)


def read_picture(file: Path) -> Frame:
    """A picture file as RGB pixels, upright as its camera meant it; a file that is none raises `ValueError`."""
    if not S_ISREG(file.stat().st_mode):  # who reads a pipe waits, and a device may never end
        raise ValueError(f"{file.name or file} is not a picture")
    return picture_of(file.read_bytes(), file.name)


def picture_of(content: bytes, name: str) -> Frame:
    """The same of a file's content; `name` is said where it is none."""
    try:
        pixels = cv2.imdecode(np.frombuffer(content or b"\0", np.uint8), cv2.IMREAD_COLOR)
    except cv2.error:  # sizes that it does not believe
        pixels = None
    if pixels is None:
        raise ValueError(f"{name} is not a picture")
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB), np.uint8)
