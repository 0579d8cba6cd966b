"""A peer that is not Python: jscanify, the page finder of many scanners in web pages, run by Node.

    npm install --ignore-scripts --prefix FOLDER jscanify @techstark/opencv-js

and `make bench-scan JSCANIFY=FOLDER`. It is given what a web page would give it, a frame of a web camera's size.
"""

import json
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import cv2
import numpy as np

from tests.figures.page_finders import Corners, Finder, Found, Frame

_LONG = 1280
_BESIDE = Path(__file__).with_name("jscanify.cjs")


@contextmanager
def jscanify(folder: Path) -> Iterator[Finder]:
    """The finder, while its process lives."""
    words = ["node", str(_BESIDE), str(folder)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        asked, answers = process.stdin, process.stdout

        def find(frame: Frame) -> Found:
            scale = min(1.0, _LONG / max(frame.shape[:2]))
            small = cv2.resize(frame, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
            tall, wide = small.shape[:2]
            asked.write(struct.pack("<II", wide, tall))
            asked.write(cv2.cvtColor(small, cv2.COLOR_RGB2RGBA).tobytes())
            asked.flush()
            line = answers.readline()
            if not line:
                raise RuntimeError(f"{' '.join(words)}: ended")
            said = json.loads(line)
            corners: Corners | None = None
            if said["corners"] is not None:
                corners = ((np.array(said["corners"], np.float32) + 0.5) / scale - 0.5).astype(np.float32)
            return Found(corners, float(corners is not None), said["milliseconds"])

        yield find
