"""The bench's verbs for who plays with a bench in another process (the walk, a desktop's keys, tests)."""

import json
import shlex
import socket
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any, Self

from drivers.bench.cases import CardCase

_ANSWER_SECONDS = 30.0  # a mail may take twenty


class SlipError(Exception):
    """The bench could not do it, or is not there; the sentence says why."""


class RemoteBench:
    """The same verbs as `drivers.bench.bench.Bench`, over `hands.sock`. From any thread, one after the other."""

    def __init__(self, folder: Path) -> None:
        self._lock = Lock()
        self._connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._connection.settimeout(_ANSWER_SECONDS)
        try:
            self._connection.connect(str(folder / "hands.sock"))
        except OSError:
            self._connection.close()
            raise SlipError("the bench is not there") from None
        self._answers = self._connection.makefile("rb")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Rest."""
        self._answers.close()
        self._connection.close()

    def say(self, *words: str) -> str:
        """One command; what follows `ok`. Raises SlipError."""
        with self._lock:
            try:
                self._connection.sendall(shlex.join(words).encode() + b"\n")
                answer = self._answers.readline().decode("utf-8").rstrip("\n")
            except (OSError, ValueError):
                raise SlipError("the bench is not there any more") from None
        verdict, _, rest = answer.partition(" ")
        if verdict != "ok":
            raise SlipError(rest or "the bench is not there any more")
        return rest

    def state(self) -> dict[str, Any]:
        """What lies where (`drivers.bench.survey.survey`)."""
        found: dict[str, Any] = json.loads(self.say("state"))
        return found

    def visitors(self) -> list[dict[str, Any]]:
        """What each visitor brings along (`drivers.bench.survey.introductions`)."""
        found: list[dict[str, Any]] = json.loads(self.say("visitors"))
        return found

    def invite(self, name: str, address: str, mail: str) -> int:
        """Somebody new, with a card and numbers; the visitor's number."""
        return int(self.say("invite", name, address, mail))

    def lay_card(self, number: int, case: CardCase = CardCase.FINE) -> None:
        """Lay a visitor's card on the reader."""
        self.say("lay-card", str(number), case.name.lower().replace("_", "-"))

    def take_card(self) -> None:
        """Take away what lies on the reader."""
        self.say("take-card")

    def lay_paper(self, paper: int | Path, of_visitor: int = 1, degrees: float = 0.0) -> None:
        """Lay a sample paper with this visitor's numbers, or a picture file, upon what lies there."""
        name = str(paper.absolute()) if isinstance(paper, Path) else str(paper)
        self.say("lay-paper", name, f"{degrees:g}", str(of_visitor))

    def turn_paper(self, degrees: float) -> None:
        """Turn what lies there, clockwise."""
        self.say("turn-paper", f"{degrees:g}")

    def take_paper(self) -> None:
        """Empty the tray."""
        self.say("take-paper")

    def open_mail(self, number: int = 1) -> str:
        """Wait for the mail with this number, open its link, press the button; the code on its page."""
        return self.say("open-mail", str(number))

    def open_newest_mail(self) -> str | None:
        """The same with the newest mail that has a link; None where there is none yet."""
        try:
            return self.say("open-mail")
        except SlipError:
            return None

    def lose_next_answer(self) -> None:
        """The next submission is received, and the line breaks before its answer."""
        self.say("lose-answer")

    def slow(self, seconds: float) -> None:
        """The portal answers so much later; 0 ends it."""
        self.say("slow", f"{seconds:g}")

    def unplug(self, device: str) -> None:
        """Pull the cable of "reader", "camera", "panel" or "network"."""
        self.say("unplug", device)

    def plug(self, device: str) -> None:
        """Put it back."""
        self.say("plug", device)

    def press(self, switch: str, closed: bool) -> None:
        """Close or open "presence", "tamper" or "service-key"."""
        self.say("press", switch, _on(closed))


def _on(said: bool) -> str:
    return "on" if said else "off"
