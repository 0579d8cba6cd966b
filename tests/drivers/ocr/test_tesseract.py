"""The child that reads: what it finds, what it may do, and how it ends. Programs of the test's own stand in for one
that hangs, floods, writes or breaks; they run under the same limits as the real one.
"""

import os
import signal
import stat
import subprocess
import sys
import threading
from io import RawIOBase
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from drivers.ocr.tesseract import Tesseract, _as_pgm
from kiosk.documents.pixels import Grey
from kiosk.documents.words import Letters

FONT = "/usr/share/fonts/truetype/bizud-gothic/BIZUDGothic-Regular.ttf"
WHITE = np.full((60, 200), 255, np.uint8)


def line(words: str) -> Grey:
    image = Image.new("L", (60 + 40 * len(words), 90), 255)
    ImageDraw.Draw(image).text((30, 24), words, font=ImageFont.truetype(FONT, 40), fill=20)
    return np.array(image, np.uint8)


def standing_in(folder: Path, script: str) -> Tesseract:
    """A shell script in tesseract's place; it may take a second."""
    program = folder / "tesseract"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return Tesseract(program, most_seconds=1.0)


@pytest.fixture
def real() -> Tesseract:
    tesseract = Tesseract(most_seconds=60)
    if tesseract.lacking:
        pytest.skip(tesseract.lacking)
    return tesseract


def test_words_come_with_their_places(real: Tesseract) -> None:
    words = real.read(line("個人番号"), Letters.ANY)
    assert words is not None
    assert "".join(word.text for word in words) == "個人番号"
    assert all(0 <= word.box.left < word.box.right <= 1 and 0 <= word.box.top < word.box.bottom <= 1 for word in words)
    assert all(0 <= word.confidence <= 1 for word in words)
    assert "個人" not in repr(words)


@pytest.mark.parametrize("printed", ["S0201731", "1234567890"])
def test_latin_capitals_and_digits_alone_are_read_where_that_is_said(real: Tesseract, printed: str) -> None:
    words = real.read(line(printed), Letters.CODE)
    assert words is not None
    assert "".join(word.text for word in words) == printed


def test_a_white_picture_has_no_words(real: Tesseract) -> None:
    assert real.read(WHITE, Letters.ANY) == ()


def test_no_picture_and_one_that_is_too_large_are_not_read() -> None:
    tesseract = Tesseract()
    assert tesseract.read(np.zeros((0, 5), np.uint8), Letters.ANY) is None
    assert tesseract.read(np.zeros((4000, 4000), np.uint8), Letters.ANY) is None


def test_where_it_is_missing_one_sentence_says_what_to_install(tmp_path: Path) -> None:
    missing = Tesseract(tmp_path / "nowhere")
    assert missing.lacking is not None
    assert "apt-get install tesseract-ocr tesseract-ocr-jpn" in missing.lacking
    assert missing.read(WHITE, Letters.ANY) is None


def test_several_threads_may_read_at_once(real: Tesseract) -> None:
    found: list[str] = []

    def read(printed: str) -> None:
        found.append("".join(word.text for word in real.read(line(printed), Letters.CODE) or ()))

    threads = [threading.Thread(target=read, args=(printed,)) for printed in ("1029384756", "5647382910")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == ["1029384756", "5647382910"]


# --- nothing on disk --------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not Path("/usr/bin/strace").exists(), reason="strace is not installed: apt-get install strace")
def test_it_opens_no_file_to_write(real: Tesseract, tmp_path: Path) -> None:
    """Every file that the real one opens, as the kernel was asked for it."""
    trace = tmp_path / "trace"
    command = Tesseract()._command(Letters.ANY)
    at = command.index("/usr/bin/tesseract")
    watched = ["strace", "-f", "-qq", "-e", "trace=open,openat,creat,memfd_create,mkdir,rename", "-o", str(trace)]
    subprocess.run([*watched, *command[at:]], input=_as_pgm(line("個人番号")), capture_output=True, check=True, env={})
    calls = trace.read_text(encoding="utf-8")
    assert "jpn.traineddata" in calls
    assert [call for call in calls.splitlines() if any(way in call for way in ("O_WRONLY", "O_RDWR", "O_CREAT"))] == []
    assert [call for call in calls.splitlines() if any(way in call for way in ("creat(", "mkdir", "rename"))] == []


def test_one_that_writes_is_ended_by_the_kernel(tmp_path: Path) -> None:
    target = tmp_path / "leak"
    tesseract = standing_in(tmp_path, f"exec cat >{target}")
    assert tesseract.read(WHITE, Letters.ANY) is None
    assert not target.exists() or target.stat().st_size == 0


# --- what it may do ---------------------------------------------------------------------------------------------------


def told(folder: Path, command: str) -> str:
    """What the child says of itself, as a word."""
    row = r'printf "5\t1\t1\t1\t1\t1\t0\t0\t9\t9\t90\t%s\n"'
    words = standing_in(folder, f'cat >/dev/null; {row} "$({command})"').read(WHITE, Letters.ANY)
    assert words is not None
    assert len(words) == 1
    return words[0].text


def test_it_gains_no_privileges_and_inherits_nothing_of_ours(tmp_path: Path) -> None:
    os.environ["KIOSK_SECRET"] = "a secret of the parent"
    try:
        assert told(tmp_path, "env | grep -c SECRET") == "0"
    finally:
        del os.environ["KIOSK_SECRET"]
    assert told(tmp_path, "grep NoNewPrivs /proc/self/status | tr -cd 01") == "1"
    assert told(tmp_path, "ulimit -c") == "0"
    assert told(tmp_path, "ulimit -f") == "0"
    assert told(tmp_path, "nice") == str(min(os.nice(0) + 3, 19))
    assert told(tmp_path, "echo $OMP_THREAD_LIMIT") == "1"
    assert told(tmp_path, "ls /proc/self/fd | wc -l") in {"4", "5"}  # in, out, error, and what lists them


# --- how it ends ------------------------------------------------------------------------------------------------------


def test_one_that_hangs_is_ended(tmp_path: Path) -> None:
    """With its input read, and with its input left in the pipe."""
    large = np.zeros((1000, 1000), np.uint8)
    for script in ("cat >/dev/null; exec tail -f /dev/null", "exec tail -f /dev/null"):
        assert standing_in(tmp_path, script).read(large, Letters.ANY) is None


def test_one_that_floods_is_ended(tmp_path: Path) -> None:
    assert standing_in(tmp_path, "exec yes").read(WHITE, Letters.ANY) is None


@pytest.mark.parametrize("script", ["exit 1", "cat >/dev/null; echo half; exit 3", "kill -9 $$"])
def test_one_that_breaks_has_read_nothing(tmp_path: Path, script: str) -> None:
    assert standing_in(tmp_path, script).read(np.zeros((1000, 1000), np.uint8), Letters.ANY) is None


@pytest.mark.parametrize("output", ["nonsense", r"5\t1\tx", r"5\t1\t1\t1\t1\t1\ta\tb\tc\td\te\tword", r"\377\376"])
def test_nonsense_is_no_word(tmp_path: Path, output: str) -> None:
    assert standing_in(tmp_path, f"cat >/dev/null; printf '{output}'").read(WHITE, Letters.ANY) == ()


def test_it_dies_with_the_process_that_asked(tmp_path: Path) -> None:
    """The visit is killed while it waits: the kernel ends the child at once."""
    alive = tmp_path / "alive"
    os.mkfifo(alive)
    standing_in(tmp_path, f"exec 3<{alive}; exec tail -f /dev/null")
    visit = subprocess.Popen(
        [sys.executable, "-c", _VISIT, str(tmp_path / "tesseract")], cwd=Path(__file__).resolve().parents[3]
    )
    with alive.open("wb", buffering=0) as pipe:  # opens when the child has opened its end
        visit.send_signal(signal.SIGKILL)
        visit.wait()
        with pytest.raises(BrokenPipeError):  # nobody holds the other end any more
            fill(pipe)


def fill(pipe: RawIOBase) -> None:
    while True:
        pipe.write(b"x" * 4096)


_VISIT = """
import sys
from pathlib import Path
import numpy as np
from drivers.ocr.tesseract import Tesseract
from kiosk.documents.words import Letters
Tesseract(Path(sys.argv[1]), most_seconds=60).read(np.zeros((9, 9), np.uint8), Letters.ANY)
"""
