"""Lines of the journal leave a process without holding it up."""

import logging
import os
import re
import time
from collections.abc import Iterator

import pytest

from kiosk.commands.journaling import journaling
from kiosk.shell.spool import Spool

MOST = 50


class Pipe:
    """Somebody who reads the journal, or does not."""

    def __init__(self) -> None:
        self.reading, self.writing = os.pipe()

    def read_until(self, ending: str) -> list[str]:
        text = ""
        while not text.endswith(ending):
            text += os.read(self.reading, 65536).decode()
        return text.splitlines()

    def close(self) -> None:
        for end in (self.reading, self.writing):
            os.close(end)


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    made = Pipe()
    yield made
    made.close()


def test_lines_come_in_their_order_with_time_and_level(pipe: Pipe) -> None:
    with journaling(Spool(pipe.writing)) as journal:
        for number in range(10):
            journal.note(f"line {number}")
    lines = pipe.read_until("line 9\n")
    assert [line.rpartition("INFO ")[2] for line in lines] == [f"line {number}" for number in range(10)]
    assert re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", lines[0])


@pytest.mark.parametrize("blocking", [True, False], ids=["a pipe that blocks", "a pipe that does not"])
def test_a_pipe_that_nobody_empties_holds_up_nobody_and_what_was_dropped_is_counted(pipe: Pipe, blocking: bool) -> None:
    os.set_blocking(pipe.writing, blocking)
    with journaling(Spool(pipe.writing, MOST)) as journal:
        began, count = time.monotonic(), 5000
        for number in range(count):
            journal.note(f"line {number} {'x' * 60}")
        assert time.monotonic() - began < 5
        written = dropped = 0
        while written + dropped < count:
            for line in pipe.read_until("\n"):
                told = re.search(r" WARNING (\d+) lines dropped: nobody read the journal$", line)
                written, dropped = written + (told is None), dropped + (int(told[1]) if told else 0)
        assert (written + dropped, dropped > count / 2) == (count, True)
        journal.note("and on")
        pipe.read_until("and on\n")


def test_who_ends_does_not_wait_for_a_reader(pipe: Pipe) -> None:
    os.set_blocking(pipe.writing, False)
    while True:
        try:
            os.write(pipe.writing, bytes(4096))
        except BlockingIOError:
            break
    began = time.monotonic()
    with journaling(Spool(pipe.writing)) as journal:
        journal.note("nobody hears it")
    assert time.monotonic() - began < 5
    os.set_blocking(pipe.reading, False)
    while True:  # the thread ends before its descriptor is somebody else's
        try:
            if os.read(pipe.reading, 65536).endswith(b"nobody hears it\n"):
                break
        except BlockingIOError:
            time.sleep(0.01)


def test_a_reader_that_has_gone_is_nobody_s_fault() -> None:
    pipe = Pipe()
    os.close(pipe.reading)
    spool = Spool(pipe.writing)
    spool.handle(logging.LogRecord("kiosk", logging.INFO, "", 0, "nobody hears it", None, None))
    spool.close()
    os.close(pipe.writing)
