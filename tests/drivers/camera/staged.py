"""A USB camera where this machine has none: a device file that only processes with `.venv/video.so` before them see.

OpenCV's V4L2 stream and our driver run upon it unchanged (.ci/video.c). Tests that need it run in a process of their
own (`test_staged_device.py`), in which `STAGED` is true.
"""

import os
from pathlib import Path

import cv2
import numpy as np

from kiosk.ports import Frame
from tests.house.tree import ROOT

LIBRARY = ROOT / ".venv" / "video.so"
DEVICE = "/dev/video-of-the-stage"
STAGED = os.environ.get("VIDEO_DEVICE") == DEVICE


def under_a_stage(folder: Path) -> dict[str, str]:
    """The environment of a process that sees the device."""
    return {**os.environ, "LD_PRELOAD": str(LIBRARY), "VIDEO_DEVICE": DEVICE, "VIDEO_STAGE": str(folder)}


class Stage:
    """What the camera sees, and its cable. The hand's face of the device."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def clear(self) -> None:
        for file in self.folder.iterdir():
            file.unlink()

    def show(self, picture: Frame, sizes: tuple[tuple[int, int], ...]) -> None:
        """The picture at these sizes in motion JPEG."""
        for wide, tall in sizes:
            bgr = np.ascontiguousarray(cv2.resize(picture, (wide, tall))[:, :, ::-1])
            self.put(f"{wide}x{tall}.jpg", cv2.imencode(".jpg", bgr)[1].tobytes())

    def put(self, name: str, content: bytes) -> None:
        """A frame as the device sends it, in one stroke."""
        (self.folder / "new").write_bytes(content)
        (self.folder / "new").rename(self.folder / name)

    def plug(self) -> None:
        (self.folder / "plugged").touch()

    def unplug(self) -> None:
        (self.folder / "plugged").unlink()

    def hang(self, on: bool = True) -> None:
        """A device that is there and does not answer."""
        if on:
            (self.folder / "hanging").touch()
        else:
            (self.folder / "hanging").unlink(missing_ok=True)

    @property
    def controls(self) -> list[tuple[int, int]]:
        """What was set on it: (control, value)."""
        lines = (self.folder / "controls").read_text().splitlines()
        return [(int(control, 16), int(value)) for control, value in (line.split() for line in lines)]
