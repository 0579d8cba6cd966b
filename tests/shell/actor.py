"""A process that plays a visit for the keeper's tests: says what it is told to, beats, and waits to be played with.

Told on its standard output: `NUMBER ready`, `NUMBER takes VISIT after ENDING`, `NUMBER opens`. SIGUSR1 ends its visit,
SIGUSR2 lets it hang.
"""

import os
import signal
import socket
import sys

from kiosk.shell import backstage as say
from kiosk.shell.hardening import die_with
from kiosk.visit import Ending


def tell(line: str) -> None:
    """In one piece, because others write to the same pipe."""
    os.write(1, f"{line}\n".encode())


def main() -> None:
    descriptor, keeper = int(sys.argv[1]), int(sys.argv[2])
    die_with(keeper)
    line, me = socket.socket(fileno=descriptor), os.getpid()
    heard: list[int] = []
    for number in (signal.SIGUSR1, signal.SIGUSR2):
        signal.signal(number, lambda which, _frame: heard.append(which))
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
        if signal.SIGUSR1 in heard:
            say.send(line, say.Over(Ending.COMPLETED))
            break
        signal.sigtimedwait([signal.SIGRTMIN], 0.2)
    while True:
        signal.pause()


main()
