"""A real X server without a screen, whose picture is read from outside of every process that paints on it.

Xvfb keeps its frame buffer in a file (XWD: a header of big-endian words, a colour map, 32-bit pixels), so an eye needs
no connection to the server and costs it nothing.
"""

import mmap
import os
import shutil
import struct
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

SIZE = (1280, 800)

_HEADER = struct.Struct(">25I")
_COLOUR_BYTES = 12
_PAUSE = 0.002  # between two looks
_GAP = 0.01  # seconds between two looks that are worth noting
_START_SECONDS = 20.0

Pixels = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Span:
    """From a moment, so many seconds."""

    since: float
    seconds: float


class Eye:
    """Looks at the glass from a thread of its own, some hundreds of times a second, until `close`.

    `blanks`: the glass showed one colour only, at most from the last look that saw something to the next that does.
    `gaps`: nobody looked, because this process had other things to do.
    """

    def __init__(self, pixels: Pixels) -> None:
        self._pixels = pixels
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, name="eye")
        self.looks = 0
        self.blanks: list[Span] = []
        self.gaps: list[Span] = []
        self._blank_since: float | None = None
        self._began = self._looked = time.monotonic()
        self._thread.start()

    @property
    def rate(self) -> float:
        """Looks a second, so far."""
        return self.looks / (time.monotonic() - self._began)

    def close(self) -> None:
        """Rest."""
        self._over.set()
        self._thread.join()

    def longest_blank(self, since: float) -> float:
        """Seconds of the longest one that ended after that moment; 0 where there was none."""
        now, began = time.monotonic(), self._blank_since
        open_one = [] if began is None else [Span(began, now - began)]
        return _longest([*self.blanks, *open_one], since)

    def longest_gap(self, since: float) -> float:
        """Seconds that a blank might have lasted unseen after that moment."""
        return _longest(self.gaps, since)

    def _look(self) -> None:
        while not self._over.wait(_PAUSE):
            before, self._looked = self._looked, time.monotonic()
            self.looks += 1
            if self._looked - before > _GAP:
                self.gaps.append(Span(before, self._looked - before))
            if _uniform(self._pixels):
                self._blank_since = self._blank_since or before
            elif self._blank_since is not None:
                self.blanks.append(Span(self._blank_since, self._looked - self._blank_since))
                self._blank_since = None


def _longest(spans: list[Span], since: float) -> float:
    return max((span.seconds for span in spans if span.since + span.seconds >= since), default=0.0)


@dataclass(frozen=True, slots=True)
class Glass:
    """What stands on the X server `display`, which is process `pid`."""

    display: str
    pid: int
    pixels: Pixels

    def is_blank(self) -> bool:
        """Whether it has one colour only."""
        return _uniform(self.pixels)

    def shows(self, picture: npt.NDArray[np.uint8], alike: float = 0.97) -> bool:
        """Whether it stands there: so great a part of its pixels is the same (something on it may move)."""
        wide = picture.astype(np.uint32)
        wanted = wide[..., 0] << 16 | wide[..., 1] << 8 | wide[..., 2]
        return float(np.mean((self.pixels & 0xFFFFFF) == wanted)) >= alike

    @contextmanager
    def watched(self) -> Iterator[Eye]:
        """An eye upon it."""
        eye = Eye(self.pixels)
        try:
            yield eye
        finally:
            eye.close()


def _uniform(pixels: Pixels) -> bool:
    some = pixels[::8, ::8]
    return bool(some.min() == some.max()) and bool(pixels.min() == pixels.max())


@contextmanager
def x_server(folder: Path, size: tuple[int, int] = SIZE) -> Iterator[Glass]:
    """Of this width and height, started and ended by the test; skipped aloud where there is none on this machine."""
    if shutil.which("Xvfb") is None:
        pytest.skip("Xvfb is not installed, so nobody can look at the glass from outside")
    reading, writing = os.pipe()
    words = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "{}x{}x24".format(*size), "-fbdir", str(folder)]
    with subprocess.Popen(
        [*words, "-nolisten", "tcp", "-noreset", "-nocursor"],  # else a blank glass has a pointer on it
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    ) as server:
        os.close(writing)
        try:
            with os.fdopen(reading, "rb") as said:
                number = said.readline().decode().strip()
            assert number, "Xvfb did not start"
            yield Glass(f":{number}", server.pid, _frame_buffer(folder / "Xvfb_screen0"))
        finally:
            server.terminate()
            server.wait(_START_SECONDS)


def _frame_buffer(file: Path) -> Pixels:
    with file.open("rb") as opened:
        mapped = mmap.mmap(opened.fileno(), 0, prot=mmap.PROT_READ)
    header = _HEADER.unpack(mapped[: _HEADER.size])
    wide, tall = header[4:6]
    start = header[0] + header[19] * _COLOUR_BYTES
    return np.frombuffer(mapped, np.uint32, wide * tall, start).reshape(tall, wide)
