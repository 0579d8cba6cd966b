"""On a desktop keys play the hands; each hand once, in order, and never on the glass's thread."""

import threading
from dataclasses import dataclass, field
from typing import Any

from kiosk.walk.hands import hands
from kiosk.walk.keys import LIST, HandKeys


@dataclass
class WrittenBench:
    """Writes down what was played, and on which threads."""

    mail: str | None = None
    played: list[str] = field(default_factory=list)
    threads: set[str] = field(default_factory=set)

    def _note(self, what: str) -> None:
        self.played.append(what)
        self.threads.add(threading.current_thread().name)

    def visitors(self) -> list[dict[str, Any]]:
        self._note("visitors")
        return [
            {"number": 1, "mail": "a@example.jp", "contract": "901234507", "receipt": "S1"},
            {"number": 2, "mail": "b@example.jp", "contract": "", "receipt": "S2"},
        ]

    def lay_card(self, number: int) -> None:
        self._note(f"card {number}")

    def take_card(self) -> None:
        self._note("no card")

    def lay_paper(self, paper: int, of_visitor: int) -> None:
        self._note(f"paper {paper} of {of_visitor}")

    def take_paper(self) -> None:
        self._note("no paper")

    def open_newest_mail(self) -> str | None:
        self._note("mail")
        return self.mail

    def unplug(self, device: str) -> None:
        self._note(f"{device} out")

    def plug(self, device: str) -> None:
        self._note(f"{device} in")


def press(bench: WrittenBench, *names: str) -> tuple[list[str], list[Exception], int]:
    """What was told, which hands slipped, how often it was asked to leave."""
    told: list[str] = []
    slipped: list[Exception] = []
    left: list[None] = []
    with hands(slipped.append) as pair:
        keys = HandKeys(bench, pair, lambda: left.append(None), told.append)
        for name in names:
            keys.press(name)
    return told, slipped, len(left)


def test_each_key_plays_its_hand() -> None:
    bench = WrittenBench()
    told, slipped, left = press(bench, "3", "p", "p", "o", "0", "u", "i", "c", "v", "n", "b", "m")
    assert bench.played[:5] == ["card 3", "paper 0 of 3", "paper 1 of 3", "no paper", "no card"]
    assert bench.played[5:11] == ["reader out", "reader in", "camera out", "camera in", "network out", "network in"]
    assert bench.threads == {"hands"}
    assert (told, slipped, left) == (["there is no mail yet"], [], 0)


def test_the_mails_code_is_told() -> None:
    told, _, _ = press(WrittenBench(mail="ABCD2345"), "m")
    assert "ABCD2345" in told[0]


def test_help_lists_every_key_and_q_leaves() -> None:
    told, _, left = press(WrittenBench(), "f1", "q", "z")
    assert told[0] == LIST
    assert left == 1
    for key in "p0omuicvnbq":
        assert f"{key}  " in LIST


def test_the_bench_is_asked_who_the_visitors_are_only_when_somebody_wants_to_know() -> None:
    bench = WrittenBench()
    press(bench, "1", "p")
    assert "visitors" not in bench.played
    told, _, _ = press(bench, "h")
    assert bench.threads == {"hands"}
    assert told[0] == LIST
    assert told[1].splitlines() == [
        "visitor 1: mail a@example.jp, contract 901234507, receipt S1",
        "visitor 2: mail b@example.jp, contract (none, applicant), receipt S2",
    ]


def test_a_hand_that_slips_is_told_and_the_next_plays_on() -> None:
    class Slippery(WrittenBench):
        def take_card(self) -> None:
            raise ValueError("nothing to take")

    bench = Slippery()
    _, slipped, _ = press(bench, "0", "1")
    assert [str(error) for error in slipped] == ["nothing to take"]
    assert bench.played == ["card 1"]
