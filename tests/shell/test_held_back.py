"""A visit that follows one broken from the beginning: its picture stands at once, its devices wait ever longer."""

import pytest

from kiosk.shell.company import (
    Died,
    News,
    Open,
    Phase,
    Take,
    Told,
    VisitOver,
)
from kiosk.shell.succession import (
    LIVED_WELL,
    OPEN_PAUSES,
    START_LATE,
    due,
    healthy,
)
from kiosk.visit import Ending
from tests.shell.hall import Hall, serving


def breaks(hall: Hall, news: News, take: int) -> tuple[float, int]:
    """Whoever serves breaks: seconds until the next opens, and who; it shows its first picture at once."""
    hall.acts.clear()
    hall.happens(news)
    assert [act.number for act in hall.acts if isinstance(act, Take)] == [take], "the glass stays blank"
    hall.happens(Told(take, Phase.SHOWN))
    hall.happens(*(Died(child.number) for child in hall.those(Phase.LEAVING)))
    broke = hall.now
    while not [act for act in hall.acts if isinstance(act, Open)]:
        assert hall.now < due(hall.company) < hall.now + OPEN_PAUSES[-1] + 0.01, "nobody wakes"
        assert healthy(hall.company, hall.now)
        hall.later(0.25).starts(1.0)
    return round(hall.now - broke, 3), next(act.number for act in hall.acts if isinstance(act, Open))


@pytest.mark.parametrize("broken", [False, True], ids=["crashes", "ends by a fault"])
def test_who_breaks_again_and_again_as_soon_as_it_serves_is_followed_ever_more_slowly_but_never_by_a_blank_glass(
    broken: bool,
) -> None:
    hall, pauses, on_stage = serving(), list[float](), 1
    for _ in range(12):
        hall.lives(on_stage, 0.2)
        news = VisitOver(on_stage, Ending.COMPLETED, broken=True) if broken else Died(on_stage)
        pause, on_stage = breaks(hall, news, min(child.number for child in hall.those(Phase.WAITING)))
        pauses.append(pause)
    assert pauses[0] == 0
    assert pauses == sorted(pauses)
    assert pauses[1] > 1
    assert pauses[-1] == OPEN_PAUSES[-1] < START_LATE


@pytest.mark.parametrize("orderly", [False, True], ids=["lived long", "ended in order"])
def test_after_a_visit_that_lived_well_the_first_that_breaks_is_followed_at_once_again(orderly: bool) -> None:
    hall = serving()
    assert breaks(hall, Died(1), 2) == (0.0, 2)
    assert breaks(hall, Died(2), 3)[0] > 0
    hall.lives(3, 3.0 if orderly else LIVED_WELL)
    assert breaks(hall, VisitOver(3, Ending.LEFT) if orderly else Died(3), 4)[0] == 0
    hall.lives(4, 3.0)
    assert breaks(hall, Died(4), 5)[0] == 0
