"""What every process of the terminal asks of the kernel at its start.

Nothing of it may reach the disk: memory is locked (only pages that are in use: MCL_ONFAULT), so it is not swapped; no
core is dumped; nobody but root may trace or read it. A process that serves dies with the one that started it.
"""

import ctypes
import os
import resource
import signal

_MCL_CURRENT, _MCL_FUTURE, _MCL_ONFAULT = 1, 2, 4
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE = 1, 4


def harden() -> bool:
    """Forbid dumps and tracing, lock the memory. False where the kernel grants no locked memory."""
    libc = ctypes.CDLL(None, use_errno=True)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    soft, hard = resource.getrlimit(resource.RLIMIT_MEMLOCK)
    if soft != resource.RLIM_INFINITY and os.geteuid() != 0:
        if hard != resource.RLIM_INFINITY:
            return False  # with a limit, a later allocation would fail for want of lockable memory
        resource.setrlimit(resource.RLIMIT_MEMLOCK, (hard, hard))
    return bool(libc.mlockall(_MCL_CURRENT | _MCL_FUTURE | _MCL_ONFAULT) == 0)


def die_with(parent: int) -> None:
    """Be killed when process `parent`, which has started this one, is gone; at once if it is gone already."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
