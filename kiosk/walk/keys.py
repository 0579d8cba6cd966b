"""On a desktop, keys that mean nothing on the glass play the hands: one key a hand."""

from collections.abc import Callable
from typing import Any, Protocol

from kiosk.walk.hands import HandThread

LIST = """\
1-6  lay the card of sample visitor 1 to 6        0  take the card
p    lay the next paper                           o  take the papers away
m    open the newest mail's link on the phone
u    unplug the reader                            i  plug it in
c    unplug the camera                            v  plug it in
n    cut the network                              b  mend it
F1 h print this list                              q  quit
Tab, arrows, Enter, Escape: on the glass. Where characters are typed, a hand is played with Ctrl.
passwords of every sample card: 1234, then 5678"""


class Bench(Protocol):
    """The bench, as far as keys play with it."""

    def visitors(self) -> list[dict[str, Any]]: ...
    def lay_card(self, number: int) -> None: ...
    def take_card(self) -> None: ...
    def lay_paper(self, paper: int, of_visitor: int) -> None: ...
    def take_paper(self) -> None: ...
    def open_newest_mail(self) -> str | None: ...
    def unplug(self, device: str) -> None: ...
    def plug(self, device: str) -> None: ...


class HandKeys:
    """`press(name)` with the name of a key; `quit` is called for q, `tell` gets what a person wants to read.

    The bench is asked what its visitors bring along when somebody wants to know it: a visit does not carry them.
    """

    def __init__(self, bench: Bench, hands: HandThread, leave: Callable[[], None], tell: Callable[[str], None]) -> None:
        self._bench = bench
        self._hands = hands
        self._leave = leave
        self._tell = tell
        self._visitor = 1
        self._paper = 0

    def press(self, name: str) -> None:
        """Never blocks; keys that mean nothing do nothing."""
        bench = self._bench
        match name.lower():
            case "1" | "2" | "3" | "4" | "5" | "6":
                number = self._visitor = int(name)
                self._hands.play(lambda: bench.lay_card(number))
            case "0":
                self._hands.play(bench.take_card)
            case "p":
                paper, self._paper = self._paper, self._paper + 1
                visitor = self._visitor
                self._hands.play(lambda: bench.lay_paper(paper, visitor))
            case "o":
                self._hands.play(bench.take_paper)
            case "m":
                self._hands.play(self._open_mail)
            case "u" | "c" | "n" as key:
                self._hands.play(lambda: bench.unplug(_DEVICES[key]))
            case "i" | "v" | "b" as key:
                self._hands.play(lambda: bench.plug(_DEVICES[key]))
            case "f1" | "h":
                self._tell(LIST)
                self._hands.play(self._introduce)
            case "q":
                self._leave()
            case _:
                pass

    def _introduce(self) -> None:
        self._tell("\n".join(map(_introduced, self._bench.visitors())))

    def _open_mail(self) -> None:
        code = self._bench.open_newest_mail()
        self._tell(
            "there is no mail yet" if code is None else f"the mail's page is confirmed; it shows the code {code}"
        )


def _introduced(who: dict[str, Any]) -> str:
    contract = who["contract"] or "(none, applicant)"
    return f"visitor {who['number']}: mail {who['mail']}, contract {contract}, receipt {who['receipt']}"


_DEVICES = {"u": "reader", "i": "reader", "c": "camera", "v": "camera", "n": "network", "b": "network"}
