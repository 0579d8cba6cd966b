"""The search itself: what a process holds is found, wherever it lies, and what it has let go is not."""

import ctypes
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.journeys.memory import Search, segments
from tests.journeys.sieve import Sieve, in_every_encoding

# Reads what it is told straight into a mapping, so that it has it there and nowhere else.
HOLDER = """
import mmap, os, sys
size = 3 * 1048576
backed = os.memfd_create("held") if sys.argv[1] == "shared" else -1
if backed >= 0:
    os.ftruncate(backed, size)
room = mmap.mmap(backed, size)
for page in range(0, size, 4096):
    room[page] = 1
place = memoryview(room)[1048576 - 5 :]
os.readv(0, [place])
os.write(1, b"held")
os.readv(0, [place])
os.write(1, b"gone")
os.read(0, 1)
"""


@dataclass(frozen=True)
class Held:
    """A child that holds a secret, until it is told to write another word over it."""

    child: "subprocess.Popen[bytes]"
    secret: str

    def found(self) -> set[str]:
        search = Search(Sieve({"secret": in_every_encoding(self.secret), "other": in_every_encoding("架空県架空市")}))
        try:
            search.process(self.child.pid, "child")
        except PermissionError:
            pytest.skip("this user may not look into the memory of other processes")
        assert search.size > 0
        return search.names("child")

    def say(self, words: bytes) -> bytes:
        assert self.child.stdin is not None
        assert self.child.stdout is not None
        os.write(self.child.stdin.fileno(), words)
        return os.read(self.child.stdout.fileno(), 4)


@contextmanager
def holding(encoding: str, how: str) -> Iterator[Held]:
    """Across the border of two pieces that are searched one after the other, at an odd place."""
    words = [sys.executable, "-c", HOLDER, how]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        held = Held(child, secrets.token_hex(8))
        assert held.say(held.secret.encode(encoding)) == b"held"
        yield held
        child.kill()


@pytest.mark.parametrize("how", ["own", "shared"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-32-be"])
def test_what_a_process_holds_is_found_until_it_lets_it_go(encoding: str, how: str) -> None:
    with holding(encoding, how) as held:
        assert held.found() == {"secret"}
        assert held.say(bytes(100)) == b"gone"
        assert held.found() == set()


def test_a_process_that_has_ended_holds_nothing() -> None:
    with holding("utf-8", "own") as held:
        assert held.found() == {"secret"}
        held.child.kill()
        held.child.wait()
        search = Search(Sieve({"secret": in_every_encoding(held.secret)}))
        search.process(held.child.pid, "child")
        assert search.found == {}


def test_a_segment_that_nobody_has_attached_is_searched() -> None:
    libc, before = ctypes.CDLL(None, use_errno=True), segments()
    libc.shmat.restype = ctypes.c_void_p
    segment = libc.shmget(0, 4096, 0o600)  # IPC_PRIVATE
    if segment < 0:
        pytest.skip("there is no shared memory of this kind here")
    try:
        secret = secrets.token_bytes(24)
        address = libc.shmat(segment, None, 0)
        ctypes.memmove(address, secret, len(secret))
        libc.shmdt(ctypes.c_void_p(address))
        search = Search(Sieve({"secret": [secret]}))
        search.shared(before)
        assert search.names(f"segment {segment}") == {"secret"}
    finally:
        libc.shmctl(segment, 0, None)  # IPC_RMID
    search = Search(Sieve({"secret": [secret]}))
    search.shared(before)
    assert search.found == {}


def test_a_file_and_its_name_are_searched(tmp_path: Path) -> None:
    secret = secrets.token_hex(8)
    within, named, other = tmp_path / "a", tmp_path / secret, tmp_path / "b"
    within.write_text(f"before {secret} after")
    named.touch()
    other.write_text("nothing")
    search = Search(Sieve({"secret": in_every_encoding(secret)}))
    for file in (within, named, other, tmp_path / "gone"):
        search.file(file)
    assert search.found == {str(within): {"secret": ""}, str(named): {"secret": ""}}


def test_the_sieve_finds_at_every_offset_and_only_the_whole() -> None:
    form = b"0123456789abcdef\xff"
    sieve = Sieve({"form": [form], "like it": [form[:-1] + b"\xfe"]})
    for offset in range(9):
        for rest in range(9):
            assert sieve.found_in(bytes(offset) + form + bytes(rest)) == {"form"}
            assert sieve.found_in(bytes(offset) + form[:-1] + bytes(rest)) == set()
    assert sieve.found_in(b"") == sieve.found_in(b"1") == set()
