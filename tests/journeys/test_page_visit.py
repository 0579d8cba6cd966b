"""A whole visit on a machine without a display: glass and hands are those of the bench page, nothing else is used."""

from contextlib import closing
from pathlib import Path

import pytest

from drivers.bench.bench import visitor
from drivers.bench.papers import Kind, Owner, print_paper
from drivers.bench.visitors import Visitor
from kiosk.settings import load
from tests.journeys.browsing import Browser, staying_terminal
from tests.journeys.sighted import SightedVisitor
from tests.journeys.whole_visit import make_visit


class PageHands:
    """Sample visitor 1's, on the page, with a paper of their own; meets `tests.journeys.whole_visit.Hands`."""

    def __init__(self, browser: Browser, who: Visitor) -> None:
        self._browser, self._who = browser, who

    def confirm_mail(self) -> None:
        self._browser.confirm_mail()

    def lay_card(self) -> None:
        assert self._browser.look("state")["lamps"]["reader"]
        self._browser.play("lay-card 1 fine")

    def take_card(self) -> None:
        self._browser.play("take-card")

    def lay_paper(self) -> None:
        who = self._who
        self._browser.lay_own(print_paper(Kind.NOTICE, Owner(who.holder.name, who.receipt, who.contract)))

    def take_paper(self) -> None:
        assert [paper["name"] for paper in self._browser.look("state")["papers"]] == ["a picture of your own"]
        self._browser.play("take-paper")

    def submissions(self) -> list[str]:
        return [str(number) for number in self._browser.look("state")["submissions"]]

    def await_submission(self) -> str:
        return self._browser.await_submission()


@pytest.mark.sweep
def test_a_whole_visit_is_made_on_the_page(tmp_path: Path) -> None:
    who = visitor(1)
    with (
        staying_terminal(tmp_path / "journal") as url,
        closing(Browser(url)) as browser,
        closing(SightedVisitor(browser, who, load(simulate=True))) as before_it,
    ):
        introduced = browser.look("choices")["visitors"][0]
        assert [introduced[key] for key in ("mail", "contract", "receipt")] == [who.mail, who.contract, who.receipt]
        make_visit(before_it, PageHands(browser, who))
    assert who.mail not in (tmp_path / "journal").read_text("utf-8")
