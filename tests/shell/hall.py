"""The keeper's rules with a clock by hand: what is told to them, and what they did."""

from kiosk.shell.company import (
    Act,
    Child,
    Company,
    FellSilent,
    News,
    Open,
    Passed,
    Phase,
    Start,
    Take,
    Told,
)
from kiosk.shell.succession import (
    REST_SECONDS,
    follow,
    silent,
)


class Hall:
    """The company, a clock, and what was done."""

    def __init__(self) -> None:
        self.company, self.now, self.acts = Company(), 0.0, list[Act]()

    def happens(self, *news: News) -> "Hall":
        for one in news:
            self.company, acts = follow(self.company, one, self.now)
            self.acts += acts
        return self

    def later(self, seconds: float, *, submitting: bool = False) -> "Hall":
        self.now += seconds
        number = silent(self.company, self.now)
        if number is not None:
            self.happens(FellSilent(number, submitting))
        return self.happens(Passed())

    def lives(self, number: int, seconds: float) -> "Hall":
        """It serves so long."""
        until = self.now + seconds
        while self.now < until:
            self.happens(Told(number, Phase.SERVING)).later(min(1.0, until - self.now)).starts(1.0)
        return self

    def starts(self, seconds: float) -> "Hall":
        """Who was started so long ago waits now."""
        ready = [child for child in self.those(Phase.STARTING) if self.now - child.since >= seconds]
        return self.happens(*(Told(child.number, Phase.WAITING) for child in ready))

    def those(self, *phases: Phase) -> list[Child]:
        return [child for child in self.company.children if child.phase in phases]

    def did(self, *acts: Act) -> "Hall":
        assert self.acts == list(acts)
        self.acts.clear()
        return self


def serving() -> Hall:
    """Number 1 serves, numbers 2 and 3 wait."""
    hall = Hall().happens(Passed()).did(Start(1, first=True))
    hall.happens(Told(1, Phase.WAITING)).did(Take(1, 1, None))
    hall.happens(Told(1, Phase.SHOWN)).did(Open(1))
    hall.later(REST_SECONDS - 0.1).did().later(0.1).did(Start(2, first=False))
    hall.happens(Told(1, Phase.SERVING), Told(2, Phase.WAITING)).did(Start(3, first=False))
    return hall.happens(Told(3, Phase.WAITING)).did()
