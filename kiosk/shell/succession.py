"""Who is on stage, who stands by, and what the keeper does about it: pure rules over the visits' processes.

One process serves one visitor. Two more, started and waiting in the wings, are ready to: one of them takes the stage
when the first has ended, has died or has not been heard of for five seconds. A hand-over goes: `Take` to the one that
has waited longest; when it has shown its first picture and a tenth of a second has passed, so that its window surely
covers the old one's, the old process is killed; when that is gone, `Open` lets the new one open the devices. So the
glass is never blank, and no device has two masters.

Why two wait: a start takes seconds, in which a single one in the wings would be missed. With two, whoever is killed
during or right after a hand-over is followed at once as well; the spare is started at leisure, when the visit on stage
has had the processor to itself for a while. Only who kills three within the seconds of one start sees a blank glass.

A visit that breaks is followed at once. Where the next one breaks as well, as soon as its devices are open, whatever it
stumbles over will be there for the one after it, too: that one shows its first picture, and opens its devices only
after a pause that grows with each that breaks. So the glass is not blank meanwhile and tells what happened, the pause
gives another process the time to start, and devices and processor are left alone. Who touches it
meanwhile is told that the terminal is getting ready.

`follow(company, news, now)` answers with the next company and the acts; the keeper does the acts and tells the news.
"""

from dataclasses import replace
from typing import assert_never

from kiosk.shell.company import (
    Act,
    Child,
    Company,
    Died,
    FellSilent,
    Kill,
    News,
    Open,
    Passed,
    Phase,
    Stands,
    Start,
    Take,
    Told,
    VisitOver,
)
from kiosk.visit import Ending

COVER_SECONDS = 0.1  # that the new window needs to stand over the old one
BEAT_LATE = 5.0
START_LATE = 20.0
SHOW_LATE = 5.0
UNSERVED_LATE = 60.0
"""After so long with nobody served it is not the visits that are broken, but what they all stand on."""

WAITING_WANTED = 2
REST_SECONDS = 0.5  # another is started when the visit on stage has had the processor to itself for so long
_PAUSES = (0.0, 0.0, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0)  # before a start, by how many have died young in a row

LIVED_WELL = 10.0
"""Seconds with its devices open, after which a visit that breaks was not broken from the beginning."""

OPEN_PAUSES = (0.0, 0.0, 2.0, 4.0, 8.0)
"""Seconds before devices are opened again, by how many visits in a row have broken before they had lived well."""


def follow(company: Company, news: News, now: float) -> tuple[Company, tuple[Act, ...]]:
    """What follows from the news, in seconds of one monotonic clock."""
    company = _note(company, news, now)
    acts: list[Act] = []
    for rule in (_end_late, _end_covered, _open, _take, _start):
        company, done = rule(company, now)
        acts += done
    return company, tuple(acts)


def due(company: Company) -> float:
    """When `Passed` has to be told at the latest."""
    start = _start_at(company)
    moments = [] if start is None else [start]
    for child in company.children:
        match child.phase:
            case Phase.STARTING:
                moments.append(child.since + START_LATE)
            case Phase.SHOWING:
                moments.append(child.since + SHOW_LATE)
            case Phase.SHOWN if any(other.phase is Phase.LEAVING for other in company.children):
                moments.append(child.since + COVER_SECONDS)
            case Phase.SHOWN if not any(other.phase is Phase.DYING for other in company.children):
                moments.append(company.open_at)
            case Phase.SERVING:
                moments.append(child.beat + BEAT_LATE)
            case Phase.SHOWN | Phase.WAITING | Phase.LEAVING | Phase.DYING:
                pass
            case _:
                assert_never(child.phase)
    return min(moments, default=float("inf"))


def healthy(company: Company, now: float) -> bool:
    """Whether somebody is served, or will be in a moment: what the watchdog is told.

    A replacement counts only for so long: where one after the other hangs (the compositor does), the keeper alone
    would go on for ever, and whoever restarts it heals that too.
    """
    return now - company.served < UNSERVED_LATE and any(
        (child.phase is Phase.SERVING and now - child.beat <= BEAT_LATE)
        or (child.phase in {Phase.STARTING, Phase.SHOWING, Phase.SHOWN} and now - child.since < START_LATE)
        for child in company.children
    )


def silent(company: Company, now: float) -> int | None:
    """Who serves and has not been heard of for too long."""
    late = (child for child in company.children if child.phase is Phase.SERVING and now - child.beat >= BEAT_LATE)
    return next((child.number for child in late), None)


def _note(company: Company, news: News, now: float) -> Company:
    match news:
        case Told(number=number, phase=phase):
            return _told(company, number, phase, now)
        case VisitOver(number=number, ending=ending, broken=broken):
            return _leaves(company, number, ending, now, broken=broken)
        case Stands(number=number, lost=lost):
            child = _of(company, number)
            return company if child is None else _put(company, replace(child, lost=lost))
        case FellSilent(number=number, submitting=submitting):
            child = _of(company, number)
            ending_now = None if child is None else _ending(child, submitting)
            return _leaves(company, number, ending_now, now, broken=True)
        case Died(number=number, submitting=submitting):
            return _died(company, number, submitting, now)
        case Passed():
            return company
        case _:
            assert_never(news)


def _told(company: Company, number: int, phase: Phase, now: float) -> Company:
    child = _of(company, number)
    if child is None:
        return company
    if phase is Phase.SERVING and child.phase is Phase.SERVING:
        return replace(_put(company, replace(child, beat=now)), served=now)
    expected = {Phase.WAITING: Phase.STARTING, Phase.SHOWN: Phase.SHOWING}
    return _moved(company, number, phase, now) if expected.get(phase) is child.phase else company


def _leaves(company: Company, number: int, ending: Ending | None, now: float, *, broken: bool) -> Company:
    child = _of(company, number)
    if child is None or child.phase is not Phase.SERVING:
        return company
    company = _lived(company, child, now, broken=broken)
    return replace(_moved(company, number, Phase.LEAVING, now), last=ending)


def _lived(company: Company, child: Child, now: float, *, broken: bool) -> Company:
    """Its visit is over: when the next may open its devices."""
    if not broken or now - child.since >= LIVED_WELL:
        return replace(company, brief=0, open_at=0.0)
    brief = company.brief + 1
    return replace(company, brief=brief, open_at=now + OPEN_PAUSES[min(brief, len(OPEN_PAUSES) - 1)])


def _ending(child: Child, submitting: bool) -> Ending | None:
    """How the visit has ended whose process cannot say so any more."""
    return Ending.FATE_UNKNOWN if submitting else child.lost


def _died(company: Company, number: int, submitting: bool, now: float) -> Company:
    child = _of(company, number)
    if child is None:
        return company
    company = replace(company, children=tuple(other for other in company.children if other.number != number))
    if child.phase is Phase.SERVING:
        return replace(_lived(company, child, now, broken=True), last=_ending(child, submitting))
    if child.phase in {Phase.STARTING, Phase.SHOWING, Phase.SHOWN}:
        young = company.died_young + 1
        return replace(company, died_young=young, start_at=now + _PAUSES[min(young, len(_PAUSES) - 1)])
    return company


def _end_late(company: Company, now: float) -> tuple[Company, list[Act]]:
    """A start that takes too long is ended, and a picture that does not come."""
    acts: list[Act] = []
    for child in company.children:
        late = {Phase.STARTING: START_LATE, Phase.SHOWING: SHOW_LATE}.get(child.phase)
        if late is not None and now - child.since >= late:
            company = _moved(company, child.number, Phase.DYING, now)
            acts.append(Kill(child.number))
    return company, acts


def _end_covered(company: Company, now: float) -> tuple[Company, list[Act]]:
    covered = any(child.phase is Phase.SHOWN and now - child.since >= COVER_SECONDS for child in company.children)
    leaving = [child for child in company.children if child.phase is Phase.LEAVING] if covered else []
    for child in leaving:
        company = _moved(company, child.number, Phase.DYING, now)
    return company, [Kill(child.number) for child in leaving]


def _open(company: Company, now: float) -> tuple[Company, list[Act]]:
    if any(child.phase in {Phase.LEAVING, Phase.DYING, Phase.SERVING} for child in company.children):
        return company, []
    shown = next((child for child in company.children if child.phase is Phase.SHOWN), None)
    if shown is None or now < company.open_at:
        return company, []
    serving = replace(shown, phase=Phase.SERVING, since=now, beat=now)
    return replace(_put(company, serving), died_young=0, last=None), [Open(shown.number)]


def _take(company: Company, now: float) -> tuple[Company, list[Act]]:
    taken = {Phase.SHOWING, Phase.SHOWN, Phase.SERVING}
    waiting = next((child for child in company.children if child.phase is Phase.WAITING), None)
    if waiting is None or any(child.phase in taken for child in company.children):
        return company, []
    act = Take(waiting.number, company.next_visit, company.last)
    company = _moved(company, waiting.number, Phase.SHOWING, now)
    return replace(company, next_visit=company.next_visit + 1), [act]


def _start(company: Company, now: float) -> tuple[Company, list[Act]]:
    start = _start_at(company)
    if start is None or now < start:
        return company, []
    number = company.next_number
    child = Child(number, Phase.STARTING, now, now)
    company = replace(company, children=(*company.children, child), next_number=number + 1)
    return company, [Start(number, first=len(company.children) == 1)]


def _start_at(company: Company) -> float | None:
    """When the next process is due: at once where nobody has the stage, else when who has it needs the processor less.

    None while enough of them wait, one starts already, or one is just taking the stage. Who waits there for its
    devices needs no processor.
    """
    phases = [child.phase for child in company.children]
    if phases.count(Phase.WAITING) >= WAITING_WANTED or {Phase.STARTING, Phase.SHOWING} & set(phases):
        return None
    if any(child.phase is Phase.SHOWN and child.since >= company.open_at for child in company.children):
        return None
    serving = next((child for child in company.children if child.phase is Phase.SERVING), None)
    return max(company.start_at, serving.since + REST_SECONDS) if serving else company.start_at


def _of(company: Company, number: int) -> Child | None:
    return next((child for child in company.children if child.number == number), None)


def _moved(company: Company, number: int, phase: Phase, now: float) -> Company:
    child = _of(company, number)
    return company if child is None else _put(company, replace(child, phase=phase, since=now))


def _put(company: Company, child: Child) -> Company:
    return replace(
        company, children=tuple(child if other.number == child.number else other for other in company.children)
    )
