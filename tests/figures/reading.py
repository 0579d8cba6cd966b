"""What tesseract reads of a page, and how far that is from what stands there. Through pipes: no picture is a file."""

import os
import shutil
import subprocess

import cv2
import numpy as np
import pytest

from drivers.camera.tray import Frame


def require_tesseract() -> None:
    """Skips where it is not here."""
    if shutil.which("tesseract") is None:
        pytest.skip("tesseract-ocr and tesseract-ocr-jpn are not here: .ci/setup test installs them")


def read(page: Frame) -> str:
    """The letters of a page (RGB), without blanks."""
    _, file = cv2.imencode(".png", cv2.cvtColor(page, cv2.COLOR_RGB2GRAY), [cv2.IMWRITE_PNG_COMPRESSION, 1])
    words = ["tesseract", "stdin", "stdout", "-l", "jpn", "--psm", "6"]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    done = subprocess.run(words, input=file.tobytes(), capture_output=True, env=environment, check=True, timeout=300)
    return "".join(done.stdout.decode("utf-8", "replace").split())


def error(found: str, wanted: str) -> float:
    """Letters to be put in, taken out or changed, as a share of those wanted (Levenshtein)."""
    letters = np.array([ord(letter) for letter in wanted])
    places = np.arange(len(wanted) + 1)
    row = places.copy()
    for number, letter in enumerate(found, 1):
        best = np.minimum(row[1:] + 1, row[:-1] + (letters != ord(letter)))
        row = np.minimum.accumulate(np.concatenate([[number], best]) - places) + places
    return float(row[-1]) / max(1, len(wanted))
