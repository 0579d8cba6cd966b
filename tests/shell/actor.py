"""A process that plays a visit for the keeper's tests: says what it is told to, beats, and waits to be played with.

Told on its standard output: `NUMBER born`, `NUMBER ready`, `NUMBER takes VISIT after ENDING`, `NUMBER opens`. SIGUSR1
ends its visit, SIGUSR2 lets it hang, after SIGHUP its visitor has got what they came for. With ACTOR_STOPS in the
environment it stops (SIGSTOP) before it has asked to die with the keeper; with ACTOR_TIDIES it needs a while to end.
"""

import os
import signal
import sys
import time

from kiosk.shell import backstage as say
from kiosk.shell.hardening import die_with
from kiosk.visit import Ending


def tell(line: str) -> None:
    """In one piece, because others write to the same pipe."""
    os.write(1, f"{line}\n".encode())


def tidy(_number: int, _frame: object) -> None:
    tell(f"{os.getpid()} tidies")
    time.sleep(1.0)
    raise SystemExit


def main() -> None:
    descriptor, keeper, me = int(sys.argv[1]), int(sys.argv[2]), os.getpid()
    tell(f"{me} born")
    if "ACTOR_STOPS" in os.environ:
        os.kill(me, signal.SIGSTOP)
    die_with(keeper)
    line = say.taken_over(descriptor)
    heard: list[int] = []
    for number in (signal.SIGUSR1, signal.SIGUSR2, signal.SIGHUP):
        signal.signal(number, lambda which, _frame: heard.append(which))
    if "ACTOR_TIDIES" in os.environ:
        signal.signal(signal.SIGTERM, tidy)
    say.send(line, say.Ready())
    tell(f"{me} ready")
    taken = say.hear_keeper(line)
    if not isinstance(taken, say.TakeStage):
        return  # the keeper is gone
    tell(f"{me} takes {taken.visit} after {taken.last.value if taken.last else 'nothing'}")
    say.send(line, say.Shown())
    say.hear_keeper(line)
    tell(f"{me} opens")
    while signal.SIGUSR2 not in heard:
        say.send(line, say.Beat())
        if signal.SIGHUP in heard:
            say.send(line, say.Standing(Ending.COMPLETED))
            tell(f"{me} got it")
            heard.clear()
        if signal.SIGUSR1 in heard:
            say.send(line, say.Over(Ending.COMPLETED))
            break
        signal.sigtimedwait([signal.SIGRTMIN], 0.2)
    while True:
        signal.pause()


main()
