"""What every process of the terminal asks of the kernel at its start.

Nothing of it may reach the disk: memory is locked (only pages that are in use: MCL_ONFAULT), so it is not swapped; no
core is dumped; nobody but root may trace or read it. A process that serves dies with the one that started it.
"""

import ctypes
import os
import resource
import signal
from enum import Enum

from kiosk.shell.journal import Journal

_MCL_CURRENT, _MCL_FUTURE, _MCL_ONFAULT = 1, 2, 4
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE = 1, 4


class Hardening(Enum):
    """What is asked for; the value is how the journal names it."""

    NO_CORE = "no core is dumped"
    NO_TRACE = "nobody traces"
    LOCKED = "the memory is locked"


def harden() -> frozenset[Hardening]:
    """Forbid dumps and tracing, lock the memory. What the kernel did not grant: who has a journal says so there."""
    granted = {Hardening.NO_CORE: _no_core(), Hardening.NO_TRACE: _no_trace(), Hardening.LOCKED: _locked()}
    return frozenset(wanted for wanted, yes in granted.items() if not yes)


def journal_lacking(lacking: frozenset[Hardening], journal: Journal) -> None:
    """One line for each."""
    for hardening in sorted(lacking, key=lambda hardening: hardening.value):
        journal.lacks(hardening.value)


def _no_core() -> bool:
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (OSError, ValueError):
        return False
    return True


def _no_trace() -> bool:
    return bool(ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) == 0)


def _locked() -> bool:
    soft, hard = resource.getrlimit(resource.RLIMIT_MEMLOCK)
    if soft != resource.RLIM_INFINITY and os.geteuid() != 0:
        if hard != resource.RLIM_INFINITY:
            return False  # with a limit, a later allocation would fail for want of lockable memory
        resource.setrlimit(resource.RLIMIT_MEMLOCK, (hard, hard))
    wanted = _MCL_CURRENT | _MCL_FUTURE | _MCL_ONFAULT
    return bool(ctypes.CDLL(None, use_errno=True).mlockall(wanted) == 0)


def die_with(parent: int) -> None:
    """Be killed when process `parent`, which has started this one, is gone; at once if it is gone already."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
