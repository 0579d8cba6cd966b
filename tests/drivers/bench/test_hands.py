"""The hands' language: every verb does what it says, and whoever says it wrong is told how."""

import os
import socket
from pathlib import Path

import cv2
import numpy as np
import pytest

from drivers.bench.bench import Bench
from drivers.bench.cases import CardCase
from drivers.bench.hands import VERBS, obey
from drivers.bench.remote import RemoteBench, SlipError
from tests.drivers.bench.world import Standing, soon


def test_what_lies_where_is_told(bench: Standing, tmp_path: Path) -> None:
    picture = tmp_path / "a picture.png"
    cv2.imwrite(str(picture), np.full((400, 300, 3), 200, np.uint8))
    hands = bench.hands
    hands.lay_card(2, CardCase.LAST_TRY)
    hands.lay_paper(1, 2, 3)
    hands.lay_paper(picture)
    hands.turn_paper(180)
    hands.unplug("network")
    hands.slow(1.5)
    for words in (
        "spoil-light on",
        "dim-lamp on",
        "cast-shadow on",
        "mirror-lamp off",
        "reach-in on",
        "shake-paper on",
        "slide-paper 20 -5",
        "take-pdf on",
        "curl-paper 12",
        "turn-over",
        "lay-stick",
    ):
        assert hands.say(*words.split()) == ""
    hands.lose_next_answer()
    assert hands.state() == {
        "card": {
            "visitor": 2,
            "case": "last-try",
            "tries": {"authentication": 1, "attributes": 3},
            "verifies": 0,
            "commands": 0,
        },
        "papers": [
            {"name": "form of visitor 2", "degrees": 183.0},
            {"name": "a picture.png", "degrees": 180.0},
            {"name": "a stick", "degrees": 314.0},
        ],
        "plugged": {"reader": True, "camera": True, "panel": True, "network": False},
        "slow_seconds": 1.5,
        "portal": {"open": True, "clock_error": 0.0},
        "lamps": {"reader": False, "tray": False, "call": False},
        "buzzed": 0,
        "switches": {"presence": False, "tamper": True, "service-key": False},
        "mails": 0,
        "submissions": [],
    }
    hands.take_card()
    hands.take_paper()
    hands.plug("network")
    state = hands.state()
    assert (state["card"], state["papers"], state["plugged"]["network"]) == (None, [], True)
    assert hands.open_newest_mail() is None


def test_a_sample_paper_is_laid_by_its_kind(bench: Standing) -> None:
    hands = bench.hands
    for kind in ("tax-return", "CODED_NOTICE", "card-back"):
        hands.say("lay-paper", kind, "0", "2")
    named = [paper["name"] for paper in hands.state()["papers"]]
    assert named == [f"{kind} of visitor 2" for kind in ("tax-return", "coded-notice", "card-back")]
    with pytest.raises(SlipError, match="No such file"):
        hands.say("lay-paper", "tax-retrun")


def test_a_file_that_may_never_end_is_no_picture(bench: Standing, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for file in (tmp_path / "pipe", Path("/dev/zero"), tmp_path):
        with pytest.raises(SlipError, match="is not a picture"):
            bench.hands.lay_paper(file)


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("lay-crad 1", 'there is no command "lay-crad"; the nearest is "lay-card"'),
        ("xyzzy", "there is no command"),
        ("lay-card", "say `lay-card VISITOR [CASE]`"),
        ("lay-card 7", "a visitor is a number from 1 to 6"),
        ("lay-card ٣", "a visitor is a number from 1 to 6"),
        ("lay-card 1 lokked", 'there is no card "lokked"; the nearest is "locked"'),
        ("unplug printer", "there is no cable"),
        ("press tampr on", 'there is no switch "tampr"; the nearest is "tamper"'),
        ("press tamper maybe", 'say "on" or "off"'),
        ("slow nan", "how many seconds later is a number from 0 to 600"),
        ("turn-paper inf", "how far it is turned is a number from -360 to 360"),
        ("lay-paper /there/is/no/such.png", "No such file"),
        ("lay-paper nowhere/at-all.png", "it did not work"),
        ('lay-card "1', "No closing quotation"),
        ("", "say what to do"),
        ("open-mail", "there is no mail with a link yet"),
    ],
)
def test_who_says_it_wrong_is_told_how(said: str, answered: str) -> None:
    answer = obey(Bench(), said)
    assert answer.startswith("error ")
    assert answered in answer


def test_help_lists_every_verb_and_tells_each() -> None:
    bench = Bench()
    assert all(verb.usage in obey(bench, "help") for verb in VERBS.values())
    for name, verb in VERBS.items():
        assert obey(bench, f"help {name}") == f"ok {verb.usage}: {verb.says}"


def test_underlines_and_capitals_are_forgiven() -> None:
    bench = Bench()
    assert obey(bench, "press service_key on") == "ok"
    assert obey(bench, "LAY-CARD 1 Attributes_Locked") == "ok"


def test_a_line_without_end_is_refused_and_the_next_hand_plays_on(bench: Standing) -> None:
    with socket.socket(socket.AF_UNIX) as endless:
        endless.settimeout(5)
        endless.connect(str(bench.folder / "hands.sock"))
        endless.sendall(b"x" * 5000)
        assert endless.recv(100) == b"error the line is too long\n"
    assert bench.hands.state()["card"] is None


def test_one_hand_too_many_is_turned_away(bench: Standing) -> None:
    crowd = [RemoteBench(bench.folder) for _ in range(15)]
    for hand in crowd:
        hand.state()
    with RemoteBench(bench.folder) as late, pytest.raises(SlipError, match=r"too many|not there"):
        late.state()
    for hand in crowd:
        hand.close()

    def has_room() -> bool:
        try:
            with RemoteBench(bench.folder) as hand:
                hand.state()
        except SlipError:
            return False
        return True

    assert soon(has_room)


def test_somebody_new_is_invited_with_a_card_of_their_own(bench: Standing) -> None:
    hands = bench.hands
    samples = hands.visitors()
    assert [who["number"] for who in samples] == [1, 2, 3, 4, 5, 6]
    number = hands.invite("見本 次郎", "架空県架空市1-1", "jiro@example.jp")
    assert number == 7
    *before, who = hands.visitors()
    assert before == samples
    assert (who["name"], who["mail"], who["passwords"]) == ("見本 次郎", "jiro@example.jp", ["1234", "5678"])
    assert who["contract"] not in {other["contract"] for other in before}
    hands.lay_card(number)
    hands.lay_paper(0, number)
    assert hands.state()["card"]["visitor"] == number
    for words in (("lay-card", "8"), ("lay-paper", "0", "0", "8")):
        with pytest.raises(SlipError, match="a visitor is a number from 1 to 7"):
            hands.say(*words)
    with pytest.raises(SlipError, match="has a name"):
        hands.invite("", "架空県架空市1-1", "jiro@example.jp")
