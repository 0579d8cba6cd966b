"""Tesseract, as a child for each picture: pixels in through its standard input, words out through its output.

No picture and no word touches the disk: tesseract decodes its input in memory, and the kernel ends it (RLIMIT_FSIZE
0) should it ever write to a file. It may use one core, so much time and memory, dumps no core, gains no privileges
and gets none of our environment and files; it dies with the thread that asked (PR_SET_PDEATHSIG), and so with the
visit. All this is set by prlimit and setpriv between fork and exec, because Python may not run code there while other
threads hold locks.
"""

import contextlib
import subprocess
from math import ceil
from pathlib import Path
from threading import Timer

import numpy as np

from kiosk.documents.pixels import Grey
from kiosk.documents.words import Letters, Word
from kiosk.visit import Box

PACKAGES = "tesseract-ocr tesseract-ocr-jpn"
_PROGRAM = Path("/usr/bin/tesseract")
_MOST_SECONDS = 20.0  # a small computer that does something else as well
_MOST_PIXELS = 12_000_000
_MOST_OUTPUT = 1_000_000
_LIMITS = ("--core=0", "--fsize=0", "--nofile=32", "--as=1500000000")
_ENVIRONMENT = {"OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8"}

_COLUMNS = 12
_WORD_LEVEL = "5"
_WAYS = {
    Letters.ANY: ("--psm", "11"),  # lines here and there
    Letters.CODE: ("--psm", "6", "-c", "tessedit_char_whitelist=ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"),
}


class Tesseract:
    """A `kiosk.ports.Recognizer`. Safe to call from any thread; each call is a process of its own."""

    def __init__(self, program: Path = _PROGRAM, most_seconds: float = _MOST_SECONDS) -> None:
        self._program = program
        self._most_seconds = most_seconds

    @property
    def lacking(self) -> str | None:
        """What to do where it cannot read, in one sentence; None where it can."""
        if self._program.exists():
            return None
        return f"printed numbers are not read, because {self._program} is missing: apt-get install {PACKAGES}"

    def read(self, picture: Grey, letters: Letters) -> tuple[Word, ...] | None:
        """The words of the picture, line by line; None where it cannot be read at all, or not in time."""
        tall, wide = picture.shape
        if tall * wide == 0 or tall * wide > _MOST_PIXELS:
            return None
        output = self._ask(_as_pgm(picture), letters)
        return None if output is None else _words(output, wide, tall)

    def _ask(self, picture: bytes, letters: Letters) -> str | None:
        try:
            child = subprocess.Popen(  # noqa: S603  # our own words
                self._command(letters),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd="/",
                env=_ENVIRONMENT,
            )
        except OSError:
            return None
        assert child.stdin is not None
        assert child.stdout is not None
        clock = Timer(self._most_seconds, child.kill)
        clock.daemon = True
        clock.start()
        try:
            with contextlib.suppress(BrokenPipeError), child.stdin:
                child.stdin.write(picture)
            output = child.stdout.read(_MOST_OUTPUT + 1)
            if len(output) > _MOST_OUTPUT:
                child.kill()
            ended_well = child.wait() == 0
        finally:
            clock.cancel()
            child.kill()
            child.wait()
            child.stdout.close()
        return output.decode("utf-8", "replace") if ended_well else None

    def _command(self, letters: Letters) -> tuple[str, ...]:
        return (
            *("/usr/bin/prlimit", *_LIMITS, f"--cpu={ceil(self._most_seconds)}"),
            *("/usr/bin/setpriv", "--pdeathsig", "KILL", "--no-new-privs", "--inh-caps=-all"),
            *("/usr/bin/nice", "-n", "3"),
            *(str(self._program), "stdin", "stdout", "-l", "jpn", "--dpi", "200", *_WAYS[letters]),
            *("-c", "tessedit_create_tsv=1"),
        )


def _as_pgm(picture: Grey) -> bytes:
    tall, wide = picture.shape
    return b"P5 %d %d 255\n" % (wide, tall) + np.ascontiguousarray(picture).tobytes()


def _words(tsv: str, wide: int, tall: int) -> tuple[Word, ...]:
    found = []
    for line in tsv.splitlines():
        cells = line.split("\t")
        if len(cells) != _COLUMNS or cells[0] != _WORD_LEVEL or not cells[-1].strip():
            continue
        try:
            left, top, width, height = (int(cell) for cell in cells[6:10])
            sure = float(cells[10]) / 100
        except ValueError:
            continue
        box = Box(left / wide, top / tall, (left + width) / wide, (top + height) / tall)
        found.append(Word(cells[-1].strip(), box, min(max(sure, 0.0), 1.0)))
    return tuple(found)
