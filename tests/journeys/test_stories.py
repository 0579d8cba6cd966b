"""The stories, walked through the whole house: real window, real loop and workers, HTTPS, SMTP, stills of 12
megapixels. Previews are few, as each is looked at and none tells more than the one before.
"""

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from drivers.bench.bench import visitor
from drivers.bench.remote import RemoteBench
from kiosk.commands.bench_process import bench_process
from kiosk.failures import Failure
from kiosk.settings import load
from kiosk.shell.clock import SystemClock
from kiosk.shell.journal import Journal
from kiosk.shell.switchboard import Switchboard
from kiosk.visit import Language
from kiosk.walk.album import Outcome
from kiosk.walk.refusals import MANUAL_BYTES
from kiosk.walk.stories import STORIES
from kiosk.walk.walking import Wish, walk

SPENT = {"last-try-kept": 4}
"""The visitor of a story after which the card is of no use to the others."""

SAMPLED = ("last-try-kept", "cancel", "card-pulled", "line-cut", "bad-photo")
"""Walked in every test run; the others in `make sweep`. `bad-photo` has three of the many refusals of `refusals`."""

OTHERS = [name for name in STORIES if name not in {"resubmission", "refusals", *SAMPLED}]

AIRS = ("spoil-light off", "dim-lamp off", "cast-shadow off", "mirror-lamp off", "shake-paper off", "reach-in off")

SOONER_LOST = {Failure.PHOTO_SLOW}
"""Not to be met in a walk: a camera that does not answer is lost before the visitor has waited too long."""


class Journey:
    """One walk, and everything that it left."""

    def __init__(self, folder: Path, bench: Path) -> None:
        self.bench = bench
        self.out = folder / "out"
        self.state_dir = folder / "state"
        self.lines: list[str] = []
        self.told: list[str] = []
        self.settings = load(simulate=True, etc_dir=folder / "no such folder")

    def walk(self, story: str, language: Language = Language.JA, number: int | None = None) -> Outcome:
        journal = Journal(lambda _level, line: self.lines.append(line))
        wish = Wish(story, language, number, self.out)
        clock = SystemClock("always")
        return walk(self.settings, wish, self.bench, clock, journal, self.state_dir, Switchboard(), self.told.append)

    @property
    def document(self) -> dict[str, Any]:
        document: dict[str, Any] = json.loads((self.out / "journey.json").read_text("utf-8"))
        return document

    def on(self, panel: str, text_size: str) -> None:
        screen = msgspec.structs.replace(self.settings.screen, panel=panel, text_size=text_size)
        self.settings = msgspec.structs.replace(self.settings, screen=screen)


def open_sockets() -> int:
    links = []
    for descriptor in Path("/proc/self/fd").iterdir():
        try:
            links.append(str(descriptor.readlink()))
        except FileNotFoundError:  # the one that looks
            continue
    return sum(link.startswith("socket:") for link in links)


@pytest.fixture(scope="module")
def bench() -> Iterator[Path]:
    """One for all of them, as a reader, a tray and a portal outlive a visit."""
    with bench_process("--frames-per-second", "4") as folder:
        yield folder


@pytest.fixture
def journey(tmp_path: Path, bench: Path) -> Iterator[Journey]:
    """A journey after which no socket is left, and nothing of the visitor anywhere that is not a picture."""
    tidy(bench)
    before = open_sockets()
    made = Journey(tmp_path, bench)
    yield made
    assert open_sockets() == before
    written = "\n".join([*made.lines, *(file.read_text("utf-8") for file in files(made.state_dir))])
    assert [word for number in range(1, 7) for word in personal(number) if word in written] == []


def tidy(bench: Path) -> None:
    """Nothing lies there any more, whatever the last journey came to."""
    with RemoteBench(bench) as hands:
        hands.take_card()
        hands.take_paper()
        for line in ("plug camera", f"take-bytes {MANUAL_BYTES}", *AIRS):
            hands.say(*line.split())


def files(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file()]


def personal(number: int) -> list[str]:
    """Words of a sample visitor that nobody may write down."""
    who = visitor(number)
    name, address = who.holder.name, who.holder.address
    words = [*name.replace("　", " ").split(" "), name, address, who.holder.birth, who.mail, who.contract]
    return [word for word in (*words, who.receipt, who.receipt.replace("-", "")) if len(word) > 1]


def in_the_sweep(*values: object) -> list[object]:
    return [pytest.param(value, marks=pytest.mark.sweep) for value in values]


@pytest.mark.parametrize("language", [Language.JA, *in_the_sweep(Language.EASY, Language.EN)])
def test_the_whole_visit(journey: Journey, language: Language) -> None:
    outcome = journey.walk("resubmission", language)
    assert outcome.reason == ""
    assert outcome.ended == "completed"
    document = journey.document
    assert document["ok"] is True
    assert document["portal"] == {"received": 1, "number": outcome.number}
    stages = [state["stage"] for state in document["states"]]
    assert stages[0] == "Attract"
    for stage in ("AddressEntry", "Consent", "AwaitingMail", "CardReady", "PasswordEntry", "Identity", "Scanning"):
        assert stage in stages
    # whoever goes before the camera has seen the tray empty is called back for a moment
    assert [stage for stage in stages if stage != "Farewell"][-3:] == ["Wiping", "Done", "Attract"]
    pictures = {state["picture"] for state in document["states"]}
    assert {file.name for file in journey.out.glob("[0-9][0-9]-*.png")} == pictures
    assert (journey.out / "contact-sheet.png").exists()
    assert outcome.number is not None
    assert outcome.number not in "".join(journey.lines)


@pytest.mark.parametrize("story", [*SAMPLED, *in_the_sweep(*OTHERS)])
def test_every_other_story_ends_where_it_should(journey: Journey, story: str) -> None:
    assert journey.walk(story, number=SPENT.get(story)).reason == ""
    assert [file.name for file in files(journey.state_dir) if file.name not in {"mails", "refusals"}] == []


@pytest.mark.sweep
def test_a_paper_is_refused_for_every_reason_that_there_is(journey: Journey) -> None:
    assert journey.walk("refusals").reason == ""
    shown = {state["screen"] for state in journey.document["states"]}
    papers = list(Failure)[list(Failure).index(Failure.CAMERA_LOST) : list(Failure).index(Failure.BUDGET_EXCEEDED) + 1]
    names = {failure: f"trouble-{failure.name.lower().replace('_', '-')}" for failure in papers}
    assert {failure for failure, name in names.items() if name not in shown} == SOONER_LOST


@pytest.mark.sweep
def test_the_largest_text_on_an_upright_glass_leads_all_the_way(journey: Journey) -> None:
    journey.on("10.1-portrait", "largest")
    assert journey.walk("applicant", Language.EN).reason == ""


def test_a_story_that_goes_wrong_says_where(journey: Journey) -> None:
    journey.settings = msgspec.structs.replace(
        journey.settings, papers=msgspec.structs.replace(journey.settings.papers, bytes=1, aim_bytes=1)
    )
    outcome = journey.walk("applicant")
    assert not outcome.ok
    assert "the glass shows" in outcome.reason
    assert journey.document["reason"] == outcome.reason


def test_no_logger_of_a_library_is_loud(journey: Journey, caplog: pytest.LogCaptureFixture) -> None:
    """Mail servers and HTTP clients would log addresses and URLs if they were asked to."""
    with caplog.at_level(logging.INFO):
        assert journey.walk("cancel").reason == ""
    assert [word for word in personal(1) if word in caplog.text] == []
