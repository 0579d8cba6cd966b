"""The line between keeper and visit."""

import subprocess
import sys

from kiosk.shell import backstage as said


def test_what_a_visit_starts_in_turn_does_not_hold_its_line() -> None:
    """The keeper knows by the line's end that the visit has gone."""
    ours, theirs = said.pair()
    theirs.set_inheritable(True)  # as it comes to the visit's process
    line = said.taken_over(theirs.detach())
    words = [sys.executable, "-c", "input()"]
    with ours, subprocess.Popen(words, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL, close_fds=False) as child:
        line.close()
        ours.settimeout(5)
        assert ours.recv(1) == b""
        assert child.poll() is None
