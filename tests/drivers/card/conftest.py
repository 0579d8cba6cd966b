"""Stories of this folder go two ways: in memory, and through a real pcscd (see `BOTH_WAYS`)."""

from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import is_hypothesis_test

from drivers.card import chip
from tests.drivers.card.pcscd import Pcscd
from tests.drivers.card.through_pcscd import ThroughPcscd
from tests.drivers.card.ways import Way

BOTH_WAYS = {
    "test_no_try_is_lost",
    "test_spending_tries",
    "test_visit_at_the_desk",
    "test_strange_cards",
    "test_watch",
    "test_check_card",
}
ABOUT_THE_SLOT = {
    "test_a_reader_that_hangs_keeps_no_digits",
    "test_a_reader_whose_software_hangs_does_not_hold_the_visit_up",
}
_ROUND_MS = 5  # between pcscd's looks for a card


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What hypothesis repeats by the hundred goes in memory only, and what is about the simulated slot itself."""
    story = metafunc.function
    if is_hypothesis_test(story) or story.__name__ in ABOUT_THE_SLOT:
        return
    if metafunc.module.__name__.rpartition(".")[2] in BOTH_WAYS:
        metafunc.parametrize("way", list(Way), ids=lambda way: way.value, indirect=True)


@pytest.fixture(autouse=True)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Way]:
    chosen: Way = getattr(request, "param", Way.IN_MEMORY)
    if chosen is Way.IN_MEMORY:
        yield chosen
        return
    with Pcscd(_ROUND_MS) as pcscd:
        through = ThroughPcscd(pcscd)
        monkeypatch.setattr("tests.drivers.card.desk.slot_over", through.slot_over)
        yield chosen
        through.close()


@pytest.fixture
def quick_signatures(monkeypatch: pytest.MonkeyPatch) -> None:
    """A card's arithmetic takes longer than all the rest of a job, and always gives the same: so once is enough."""
    monkeypatch.setattr(chip, "_exponentiate", cache(chip._exponentiate))
