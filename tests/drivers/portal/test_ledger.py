"""A fate is decided once, whoever asks, and outlives the process where a file keeps it."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from drivers.portal import wire
from drivers.portal.sandbox import Handed, Rules, Sandbox
from drivers.portal.sandbox.ledger import Ledger
from drivers.portal.sandbox.refusals import RefusedError
from drivers.portal.wire import Refusal
from kiosk.failures import Failure
from kiosk.ports import Enclosure
from tests.drivers.portal.world import (
    ADDRESS,
    CONTRACT,
    KEY,
    NUMBERS,
    PAGE,
    RECEIPT,
    Authority,
    Clock,
    World,
    a_submission,
    failure_of,
    nothing,
)
from tests.house.tree import ROOT

SAID = wire.AttributesRequest("𠮷田 髙子", "東京都千代田区架空町1-2-3", "19490308", "2")
SETTLER = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from drivers.portal.sandbox.ledger import Ledger
ledger, keys = Ledger(lambda: datetime.now(UTC), Path(sys.argv[1])), sys.argv[2:]
def settle(key):
    time.sleep(0.003)
    return "void" if ledger.settle(key) is None else "received"
fates = [settle(key) for key in keys[:5]]
print("ready", flush=True)
sys.stdin.readline()
print(*fates, *map(settle, keys[5:]))
"""


def handed(receipt: str = RECEIPT, *files: Enclosure) -> Handed:
    return Handed(CONTRACT, receipt, (("phone", "0312345678"),), files or (PAGE,), ADDRESS, SAID, 2**150 + 7)


def refusal_of(ledger: Ledger, key: str, what: Handed) -> Refusal | None:
    try:
        ledger.receive(key, what)
    except RefusedError as error:
        return error.refusal
    return None


def test_what_was_received_is_read_as_it_was_written(tmp_path: Path) -> None:
    clock = Clock()
    for file in (None, tmp_path / "ledger"):
        ledger = Ledger(clock, file)
        row, new = ledger.receive(KEY, handed())
        assert new
        assert ledger.received == (row,) == ledger.newest(5)
        assert row.handed == handed()
        assert row.at == clock()
        assert ledger.receive(KEY, handed()) == (row, False)
        assert ledger.find(row.number) == row
        assert ledger.find("0101-2026-1122-00002") is None
        assert ledger.numbers == (row.number,)


def test_a_file_is_its_user_s_only(tmp_path: Path) -> None:
    Ledger(Clock(), tmp_path / "ledger")
    assert (tmp_path / "ledger").stat().st_mode & 0o077 == 0


def test_a_fate_never_changes() -> None:
    ledger = Ledger(Clock())
    assert ledger.settle("void") is None
    assert refusal_of(ledger, "void", handed()) is Refusal.KEY_VOIDED
    assert ledger.settle("void") is None
    number = ledger.receive("received", handed())[0].number
    assert ledger.settle("received") == number
    assert refusal_of(ledger, "received", handed("S0102-20260228235959-00001")) is Refusal.SUBMISSION_REFUSED
    assert ledger.settle("received") == number
    assert [one.came_late for one in ledger.void] == [1]
    assert ledger.numbers == (number,)


def test_the_newest_come_first_a_page_at_a_time() -> None:
    ledger = Ledger(Clock())
    numbers = [ledger.receive(f"key-{one}", handed())[0].number for one in range(5)]
    assert [row.number for row in ledger.newest(2)] == [numbers[4], numbers[3]]
    assert [row.number for row in ledger.newest(2, 4)] == [numbers[0]]
    assert ledger.newest(2, 6) == ()


def test_two_who_decide_at_once_agree(tmp_path: Path) -> None:
    """Submissions on two threads from one end race settlements in another process from the other for the same keys."""
    ledger, keys = Ledger(Clock(), tmp_path / "ledger"), [f"key-{number:04}" for number in range(60)]
    command = [sys.executable, "-c", SETTLER, str(tmp_path / "ledger"), *keys]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as settler:
        assert settler.stdout is not None
        assert settler.stdin is not None
        assert settler.stdout.readline() == "ready\n"
        backwards = keys[::-1]
        refusals = {key: refusal_of(ledger, key, handed()) for key in backwards[:5]}
        settler.stdin.write("\n")
        settler.stdin.flush()
        with ThreadPoolExecutor(2) as threads:
            met = threads.map(lambda key: refusal_of(ledger, key, handed()), backwards[5:])
            refusals |= dict(zip(backwards[5:], met, strict=True))
        fates = dict(zip(keys, settler.stdout.readline().split(), strict=True))
    void = {key for key, fate in fates.items() if fate == "void"}
    assert set(keys[:5]) <= void <= set(keys[:-5])
    assert {key for key, refusal in refusals.items() if refusal is Refusal.KEY_VOIDED} == void
    assert {one.key for one in ledger.void} == void
    assert {row.key for row in ledger.received} == set(keys) - void
    assert set(refusals.values()) == {None, Refusal.KEY_VOIDED}


def test_what_was_half_written_when_it_failed_was_not_written() -> None:
    ledger = Ledger(Clock())
    broken = handed(RECEIPT, PAGE, Enclosure("x", "image/jpeg", None))  # type: ignore[arg-type]
    with pytest.raises(Exception, match="NOT NULL"):
        ledger.receive(KEY, broken)
    assert ledger.numbers == ()
    assert ledger.settle(KEY) is None


def test_a_sandbox_that_comes_back_knows_every_fate(authority: Authority, tmp_path: Path) -> None:
    clock, file = Clock(), tmp_path / "ledger"
    rules = Rules(NUMBERS, authority.ca_certificate, lambda: authority.revocations(clock()))
    number = ""
    for turn in range(2):
        with Sandbox(rules, clock, file) as sandbox:
            world = World(sandbox, clock, authority, authority.card())
            client = world.ready()
            if turn == 0:
                assert not client.settle("void" * 8).received
                number = client.submit(a_submission(), KEY, nothing).number or ""
            settled = client.settle(KEY)
            assert (settled.received, settled.number) == (True, number)
            assert failure_of(client.submit, a_submission(), "void" * 8, nothing) is Failure.SUBMISSION_NOT_RECEIVED
            assert [row.number for row in sandbox.submissions] == [number]
            assert [row.handed.files for row in sandbox.submissions] == [
                (Enclosure("page-1", "image/jpeg", PAGE.content),)
            ]
            assert [one.came_late for one in sandbox.void_keys] == [turn + 1]
            for one in world.clients:
                one.close()
