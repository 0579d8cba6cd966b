"""Candidates are ranked by what was measured of them, whatever is measured of which."""

import numpy as np
import pytest

from drivers.bench.papers import Kind
from drivers.camera.tray import Lying, small
from kiosk.documents.find import candidates, looked, looked_again
from kiosk.documents.rank import FITTED, features, score, winner
from kiosk.documents.reduced import reduced
from kiosk.documents.sides import support
from tests.documents.trays import lying, photograph


def test_running_on_is_only_ever_taken_from_a_score() -> None:
    """Else it could not be left out of those that cannot win."""
    assert FITTED["runs on"][0] <= 0


@pytest.mark.parametrize(
    "papers",
    [
        (lying(Kind.NOTICE, scale=1.4),),
        (lying(Kind.FORM, (205, 160), 8),),
        (lying(Kind.NOTICE, (130, 158)), lying(Kind.RECEIPT, (225, 170), 30)),
    ],
    ids=["larger than the tray", "askew", "one across another"],
)
def test_the_winner_is_the_one_with_the_highest_score_of_all(papers: tuple[Lying, ...]) -> None:
    look = looked_again(looked(reduced(small(photograph(*papers)))))
    quads = candidates(look)
    seen = support(look.at.lab, quads)
    everything = features(look.at.lab, quads, seen, look.seen)
    assert len(quads) > 48  # more than are measured in any case
    index, measured = winner(look.at.lab, quads, seen, look.seen)
    assert index == np.argmax(score(everything))
    np.testing.assert_array_equal(measured, everything[index])
