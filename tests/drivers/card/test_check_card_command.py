"""`kiosk check card` as a process: what it prints, its exit codes, and that nothing of a person or a password leaves it
unasked; on the bench, and on a real pcscd.
"""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Event

import pytest

from drivers.bench.authority import SampleAuthority
from drivers.bench.visitors import VISITORS, Visitor, card_of
from drivers.card.chip import Chip
from drivers.card.habits import COMMON
from drivers.card.simulator import SimulatedReader
from kiosk.service.within import within
from tests.drivers.card.desk import tries_on
from tests.drivers.card.pcscd import READER, Pcscd
from tests.drivers.card.through_pcscd import ThroughPcscd

FIRST, SECOND = "9176", "2805"
KEYS = {
    "reader", "card", "tries_left", "apdus", "bytes", "seconds", "certificate", "signature_valid",
    "failure", "findings",
}  # fmt: skip


@cache
def authority() -> SampleAuthority:
    """By the real clock, as the command's."""
    return SampleAuthority()


def own(visitor: Visitor) -> Visitor:
    """With passwords of their own."""
    return Visitor(visitor.serial, visitor.holder, visitor.contract, visitor.receipt, visitor.mail, FIRST, SECOND)


def stands_in(digits: str, told: str) -> bool:
    """By themselves: four digits are found by chance in hashes, times and fractions."""
    return re.search(rf"(?<![\w.]){digits}(?!\w)", told) is not None


def kiosk(*words: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "kiosk", "check", "card", *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def files(folder: Path, first: str = FIRST, second: str = SECOND) -> list[str]:
    words = []
    for option, digits in (("--auth-pin-file", first), ("--attributes-pin-file", second)):
        file = folder / option.strip("-")
        file.touch(0o600)
        file.write_text(digits + "\n", "ascii")
        words += [option, str(file)]
    return words


@contextmanager
def real_reader(laid: Chip | SimulatedReader) -> Iterator[SimulatedReader]:
    """The card on a pcscd of its own, which the command finds through the environment."""
    reader = SimulatedReader(card=laid) if isinstance(laid, Chip) else laid
    with Pcscd(5) as pcscd:
        through = ThroughPcscd(pcscd)
        try:
            through.slot_over(reader).look(None, 0)
            yield reader
        finally:
            through.close()


@pytest.fixture
def config(tmp_path: Path) -> list[str]:
    state = tmp_path / "state"
    state.mkdir(0o700)
    file = tmp_path / "hall.toml"
    file.write_text(f'[terminal]\nstate_dir = "{state}"\n', encoding="utf-8")
    return ["--config", str(file)]


def test_the_whole_job_on_the_bench(tmp_path: Path) -> None:
    done = kiosk("--simulate", "--json", *files(tmp_path, "1234", "5678"))
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert set(found) == KEYS
    assert (found["apdus"], found["signature_valid"], found["failure"]) == (10, True, None)
    shown = json.loads(kiosk("--simulate", "--json", "--show", *files(tmp_path, "1234", "5678")).stdout)
    holder = VISITORS[0].holder
    assert shown["attributes"] == {
        "name": holder.name,
        "address": holder.address,
        "birth_date": holder.birth,
        "sex": holder.sex,
    }


def test_the_whole_job_on_a_real_reader(tmp_path: Path, config: list[str]) -> None:
    visitor = own(VISITORS[4])
    chip = card_of(visitor, authority())
    with real_reader(chip) as reader:
        done = kiosk("--json", "--reader", "Simulated", *config, *files(tmp_path))
        assert done.returncode == 0, done.stderr
        found = json.loads(done.stdout)
        assert set(found) == KEYS
        assert (found["reader"], found["apdus"], found["signature_valid"]) == (READER, 10, True)
        answers = {finding["point"]: finding["answer"] for finding in found["findings"]}
        assert answers["answer to reset (ATR)"] == chip.atr.hex().upper()
        lines = kiosk("--show", *config, *files(tmp_path))
        assert f"name         {visitor.holder.name}\n" in lines.stdout
        assert (chip.verifies, tries_on(chip)) == (4, (3, 3))
        reader.take()


def test_a_card_that_never_answers_does_not_keep_a_technician(config: list[str]) -> None:
    asked, go_on = Event(), Event()

    def hang(_: float) -> None:
        asked.set()
        go_on.wait(60)

    chip = card_of(VISITORS[4], authority())
    with real_reader(SimulatedReader(card=chip, pace=COMMON, wait=hang)):
        command = ["env", "--default-signal=INT", sys.executable, "-m", "kiosk", "check", "card", *config]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            try:
                assert asked.wait(30)
                process.send_signal(signal.SIGINT)
                assert (*process.communicate(timeout=20), process.returncode) == ("", "", 130)
            finally:
                process.kill()
                go_on.set()


def test_what_never_answers_is_waited_for_within_bounds() -> None:
    go_on = Event()
    assert within(0.05, go_on.wait) is None
    go_on.set()
    assert within(30, lambda: "answered") == "answered"
    with pytest.raises(ZeroDivisionError):
        within(30, lambda: 1 // 0)


def test_a_reader_of_another_name_is_not_there(config: list[str]) -> None:
    with real_reader(card_of(VISITORS[4], authority())):
        done = kiosk("--json", "--reader", "PaSoRi", *config)
    assert (done.returncode, json.loads(done.stdout)["failure"]) == (1, "READER_LOST")


@pytest.mark.parametrize("first", [FIRST, "5082"])
def test_nothing_of_a_person_or_a_password_leaves_it_unasked(first: str, tmp_path: Path, config: list[str]) -> None:
    visitor = own(VISITORS[4])
    chip = card_of(visitor, authority())
    with real_reader(chip):
        for form in ((), ("--json",)):
            done = kiosk(*form, *config, *files(tmp_path, first))
            assert done.returncode == (0 if first == FIRST else 1)
            told = done.stdout + done.stderr
            holder = visitor.holder
            for secret in (holder.name, holder.address, holder.birth):
                assert secret not in told
            for digits in (FIRST, SECOND, "5082"):
                assert not stands_in(digits, told)
                assert digits.encode("ascii").hex() not in told
    kept = "".join(file.read_text("utf-8") for file in (tmp_path / "state").iterdir())
    assert kept.count("\n") == (0 if first == FIRST else 2)  # times alone
    assert not stands_in("5082", kept)


def test_a_wrong_password_counts_at_the_terminal_and_never_takes_the_last_try(
    tmp_path: Path, config: list[str]
) -> None:
    chip = card_of(own(VISITORS[4]), authority())
    results = []
    with real_reader(chip):
        for _ in range(3):
            done = kiosk("--json", *config, *files(tmp_path, "5082"))
            results.append((done.returncode, json.loads(done.stdout)["failure"]))
    assert results == [(1, "REFUSED_TOO_OFTEN"), (1, "REFUSED_TOO_OFTEN"), (1, "LAST_TRY_KEPT")]
    assert tries_on(chip) == (1, 3)
    assert len((tmp_path / "state" / "refusals").read_text("ascii").splitlines()) == 2


def test_a_file_that_cannot_be_used_is_said_before_anything_else(tmp_path: Path) -> None:
    words = files(tmp_path)
    Path(words[3]).write_text("917", "ascii")
    done = kiosk("--simulate", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"{words[3]}: must hold exactly four digits, and at most a line's end behind them.\n"
    Path(words[3]).chmod(0o644)
    done = kiosk("--simulate", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert "chmod 600" in done.stderr


def test_refusals_are_counted_by_the_terminal_s_own_user_or_nothing_is_done(tmp_path: Path, config: list[str]) -> None:
    (tmp_path / "state").rmdir()
    done = kiosk(*config, *files(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert "start the terminal once" in done.stderr
    if os.geteuid() == 0:
        (tmp_path / "state").mkdir()
        os.chown(tmp_path / "state", 65534, 65534)
        done = kiosk(*config, *files(tmp_path))
        assert (done.returncode, done.stdout) == (2, "")
        assert "another user" in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--auth-pin-file", "x"], "go together"),
        (["--attributes-pin-file", "x"], "go together"),
        (["--show"], "both password files"),
        (["--simulate", "--reader", "x"], "--reader"),
    ],
)
def test_words_that_do_not_go_together_get_one_sentence_and_2(words: list[str], said: str) -> None:
    done = kiosk(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
